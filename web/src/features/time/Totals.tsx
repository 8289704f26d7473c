import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { Card, Delta, Money, Quantity, type SimpleColumn, SimpleTable, StatRow, StatTile } from "@/design";
import { LineChart } from "@/design/chart";
import { sign } from "@/lib/decimal";
import { dayMonth, delta, money, moneyShort, quantity } from "@/lib/format";
import type { Past, WarehousePast } from "./queries";

/** What there was then, and how far that is from today. */
export function Tiles({ past }: { past: Past | undefined }) {
  return past ? <Known past={past} /> : <Waiting />;
}

function useTileWords() {
  const { t } = useLingui();
  return [t`On hand then`, t`Value then`, t`Reserved then`, t`Without a known cost`];
}

function Waiting() {
  return (
    <StatRow>
      {useTileWords().map((label) => (
        <StatTile key={label} label={label} value="" loading />
      ))}
    </StatRow>
  );
}

function Known({ past }: { past: Past }) {
  const { t } = useLingui();
  const [onHand = "", value = "", reserved = "", uncosted = ""] = useTileWords();
  const { then, change, currency } = past;
  const since = (amount: string, text: string) =>
    sign(amount) === 0 ? t`the same today` : t`${text} until today`;
  return (
    <StatRow>
      <StatTile
        label={onHand}
        value={quantity(then.on_hand)}
        note={since(change.on_hand, delta(change.on_hand))}
      />
      <StatTile
        label={value}
        value={money(then.value, currency)}
        note={since(change.value, money(change.value, currency))}
      />
      <StatTile
        label={reserved}
        value={quantity(then.reserved)}
        note={since(change.reserved, delta(change.reserved))}
      />
      <StatTile label={uncosted} value={quantity(then.uncosted)} note={t`units, not in the value`} />
    </StatRow>
  );
}

/** Units day by day, with the moment marked. */
export function Trend({ past, day }: { past: Past; day: string }) {
  const { t } = useLingui();
  const points = (name: "on_hand" | "value") =>
    past.trend.map((one) => ({ label: dayMonth(`${one.day}T12:00:00Z`), value: Number(one[name]) }));
  const at = past.trend.findIndex((one) => one.day === day);
  const divide = at < 0 ? undefined : { at, label: t`then` };
  const both = { display: "grid", gap: { xs: 2, md: 2.5 }, gridTemplateColumns: { lg: "1fr 1fr" } };
  return (
    <Box sx={both}>
      <Card>
        <LineChart
          title={t`On hand`}
          units={t`units at the end of each day`}
          format={(value) => quantity(Math.round(value))}
          lines={[{ name: t`On hand`, points: points("on_hand") }]}
          divide={divide}
          height={220}
        />
      </Card>
      <Card>
        <LineChart
          title={t`Value`}
          units={t`${past.currency} at the end of each day`}
          format={(value) => moneyShort(value, past.currency)}
          lines={[{ name: t`Value`, points: points("value") }]}
          divide={divide}
          height={220}
        />
      </Card>
    </Box>
  );
}

/** Each warehouse then and today. */
export function Warehouses({ past }: { past: Past }) {
  const { t } = useLingui();
  const columns: SimpleColumn<WarehousePast>[] = [
    { id: "name", header: t`Warehouse`, cell: (row) => row.name },
    { id: "then", header: t`Then`, align: "right", cell: (row) => <Quantity value={row.then.on_hand} /> },
    { id: "now", header: t`Today`, align: "right", cell: (row) => <Quantity value={row.now.on_hand} /> },
    {
      id: "change",
      header: t`Difference`,
      align: "right",
      cell: (row) => <Delta value={row.change.on_hand} />,
    },
    {
      id: "value",
      header: t`Value then`,
      align: "right",
      cell: (row) => <Money value={row.then.value} currency={past.currency} />,
    },
  ];
  return (
    <Card title={t`Warehouses`} flush>
      <SimpleTable
        label={t`Warehouses then and today`}
        columns={columns}
        rows={past.warehouses}
        rowId={(row) => row.warehouse}
      />
    </Card>
  );
}
