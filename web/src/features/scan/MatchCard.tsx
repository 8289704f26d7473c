import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useMay } from "@/api";
import { Card, Code, Day, Facts, Money, Quantity, SimpleTable } from "@/design";
import { useGo, usePanel } from "@/lib/navigation";
import type { Match, Scan } from "./queries";

/** What a code leads to, how much there is of it where, and what can be done with it. */
export function MatchCard({ match, label }: { match: Match; label: Scan["label"] }) {
  const kinds = useKinds();
  return (
    <Card
      title={match.name}
      lead={
        <>
          {kinds[match.kind]} <Code>{match.code}</Code>
        </>
      }
      actions={<Verbs match={match} label={label} />}
    >
      <MatchFacts match={match} />
      {match.where.length > 0 && <Lying match={match} />}
    </Card>
  );
}

function useKinds(): Record<Match["kind"], string> {
  const { t } = useLingui();
  return {
    sku: t`SKU`,
    lot: t`Lot`,
    serial: t`Serial`,
    bin: t`Bin`,
    warehouse: t`Warehouse`,
    order: t`Order`,
    transfer: t`Transfer`,
  };
}

function MatchFacts({ match }: { match: Match }) {
  const { t } = useLingui();
  const facts = [
    match.sku && match.kind !== "sku" && { label: t`SKU`, value: <Code>{match.sku}</Code> },
    match.on_hand && { label: t`On hand`, value: <Quantity value={match.on_hand} /> },
    match.available && { label: t`Available`, value: <Quantity value={match.available} /> },
    match.selling_price && {
      label: t`Selling price`,
      value: <Money value={match.selling_price} currency={match.currency} />,
    },
    match.expires_on && { label: t`Expires`, value: <Day value={match.expires_on} /> },
    match.warehouse && { label: t`Warehouse`, value: <Code>{match.warehouse}</Code> },
    match.status && { label: t`Status`, value: match.status },
  ];
  return <Facts items={facts.filter((fact) => !!fact)} />;
}

function Lying({ match }: { match: Match }) {
  const { t } = useLingui();
  const spot = ({ warehouse, bin, lot }: Match["where"][number]) =>
    [warehouse, bin, lot].filter(Boolean).join(" · ");
  return (
    <SimpleTable
      label={t`Where it lies`}
      rows={match.where}
      rowId={(row) => `${row.sku} ${spot(row)} ${row.serial ?? ""}`}
      columns={[
        { id: "where", header: t`Where`, cell: spot },
        ...(match.kind === "bin"
          ? [{ id: "sku", header: t`SKU`, cell: (row: Match["where"][number]) => row.sku }]
          : []),
        {
          id: "on_hand",
          header: t`On hand`,
          align: "right" as const,
          cell: (row) => <Quantity value={row.on_hand} />,
        },
      ]}
    />
  );
}

/** Where each kind of thing is opened; a bin, lot or serial has its product or warehouse. */
function home(match: Match): string | undefined {
  if (match.kind === "order") return `/orders/${match.id}`;
  if (match.kind === "transfer") return `/transfers/${match.id}`;
  if (match.kind === "warehouse") return `/warehouses/${match.id}`;
  return match.product_id ? `/products/${match.product_id}` : undefined;
}

function Verbs({ match, label }: { match: Match; label: Scan["label"] }) {
  const { t } = useLingui();
  const go = useGo();
  const panel = usePanel();
  const mayMove = useMay("stock.write");
  const place = home(match);
  const about = { sku: match.sku ?? "", ...(label.count && { quantity: label.count }) };
  const moves = mayMove && match.sku && !match.is_kit;
  return (
    <>
      {moves && (
        <>
          <Button variant="contained" onClick={() => panel.open("receive", about)}>{t`Receive`}</Button>
          <Button variant="outlined" color="secondary" onClick={() => panel.open("adjust", about)}>
            {t`Adjust`}
          </Button>
          <Button variant="outlined" color="secondary" onClick={() => panel.open("count", about)}>
            {t`Count`}
          </Button>
        </>
      )}
      {["sku", "lot", "serial", "bin"].includes(match.kind) && (
        <Button
          variant="outlined"
          color="secondary"
          onClick={() => panel.open("labels", { kind: match.kind, key: match.id, name: match.name })}
        >
          <Trans>Print labels</Trans>
        </Button>
      )}
      {place && (
        <Button variant="outlined" color="secondary" onClick={() => go(place)}>
          {t`Open`}
        </Button>
      )}
    </>
  );
}
