import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useChange, useMay } from "@/api";
import {
  BackLink,
  Card,
  Code,
  ErrorState,
  Facts,
  Icon,
  LinkTabs,
  Missing,
  Page,
  PageHeader,
  PageSkeleton,
  Quantity,
  RemoveButton,
} from "@/design";
import { Attachments } from "@/features/attachments";
import { StockMovements, WarehouseStock } from "@/features/stock";
import { useGo, usePanel, useParam } from "@/lib/navigation";
import { BinsPart } from "./BinsPart";
import { useInside } from "./binQueries";
import { PlanPart } from "./PlanPart";
import { PutAwayPart } from "./PutAwayPart";
import { removeWarehouse, type Warehouse, warehouseQuery } from "./queries";
import { KindName, SellsChip } from "./words";

export function WarehousePage() {
  const { data: found, error, refetch } = useQuery(warehouseQuery(useParam("id")));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return found ? <Detail warehouse={found.data} /> : <PageSkeleton />;
}

function Detail({ warehouse }: { warehouse: Warehouse }) {
  const { t } = useLingui();
  const part = useParam("part");
  const here = `/warehouses/${warehouse.code}`;
  const tabs = [
    { href: here, label: t`Stock` },
    { href: `${here}/bins`, label: t`Bins` },
    { href: `${here}/plan`, label: t`Plan` },
    { href: `${here}/put-away`, label: t`Put away` },
    { href: `${here}/movements`, label: t`Movements` },
    { href: `${here}/overview`, label: t`Overview` },
  ];
  return (
    <Page fill={part === "" || part === "movements"}>
      <PageHeader
        back={<BackLink href="/warehouses">{t`Warehouses`}</BackLink>}
        title={warehouse.name}
        lead={
          <Box
            component="span"
            sx={{ display: "inline-flex", flexWrap: "wrap", gap: 1.5, alignItems: "center" }}
          >
            <Code>{warehouse.code}</Code>
            <KindName kind={warehouse.kind} />
            <SellsChip active={warehouse.active} />
          </Box>
        }
        actions={<Actions warehouse={warehouse} />}
      />
      <LinkTabs
        label={t`Parts of this warehouse`}
        tabs={tabs}
        current={tabs.find((tab) => tab.href === `${here}/${part}`)?.href ?? here}
      />
      <Part part={part} warehouse={warehouse} />
    </Page>
  );
}

function Part({ part, warehouse }: { part: string; warehouse: Warehouse }) {
  if (part === "movements")
    return <StockMovements fixed={{ "filter[warehouse]": warehouse.code }} hide="warehouse" fill />;
  if (part === "bins") return <BinsPart warehouse={warehouse} />;
  if (part === "plan") return <PlanPart warehouse={warehouse} />;
  if (part === "put-away") return <PutAwayPart warehouse={warehouse} />;
  if (part === "overview" || part === "details") return <Overview warehouse={warehouse} />;
  return <WarehouseStock code={warehouse.code} />;
}

function Overview({ warehouse }: { warehouse: Warehouse }) {
  const { t } = useLingui();
  const { data: inside } = useInside(warehouse.code);
  return (
    <Box sx={{ display: "grid", gap: 2.5 }}>
      <Card>
        <Facts
          items={[
            { label: t`On hand`, value: <Quantity value={inside?.on_hand} /> },
            { label: t`In no bin`, value: <Quantity value={inside?.waiting} /> },
            { label: t`Places`, value: <Quantity value={inside && String(inside.places.length)} /> },
          ]}
        />
      </Card>
      <Details warehouse={warehouse} />
      <Attachments owner={{ kind: "warehouse", id: warehouse.id }} />
    </Box>
  );
}

function Details({ warehouse }: { warehouse: Warehouse }) {
  const { t } = useLingui();
  const { address, postal_code, city, region, country } = warehouse;
  const where = [address, postal_code, city, region, country].filter(Boolean).join(", ");
  const text = (value: string | null) => value ?? <Missing />;
  return (
    <Card>
      <Facts
        items={[
          { label: t`Address`, value: where || <Missing />, wide: true },
          { label: t`Priority for orders`, value: String(warehouse.priority) },
          { label: t`Contact`, value: text(warehouse.contact_name) },
          { label: t`E-mail`, value: text(warehouse.contact_email) },
          { label: t`Phone`, value: text(warehouse.contact_phone) },
        ]}
      />
    </Card>
  );
}

function Actions({ warehouse }: { warehouse: Warehouse }) {
  const { t } = useLingui();
  const go = useGo();
  const panel = usePanel();
  const mayWrite = useMay("places.write");
  const mayMove = useMay("stock.write");
  const { id, code, name } = warehouse;
  const remove = useChange({
    change: () => removeWarehouse(id),
    touches: ["warehouses"],
    said: () => t`${name} is removed.`,
  });
  return (
    <>
      {mayWrite && (
        <>
          <RemoveButton
            name={name}
            busy={remove.isPending}
            onRemove={() => remove.mutate(undefined, { onSuccess: () => go("/warehouses") })}
          >
            {t`With history it is archived instead: nothing recorded is lost.`}
          </RemoveButton>
          <Button
            variant="outlined"
            color="secondary"
            startIcon={<Icon name="edit" />}
            onClick={() => panel.open("warehouse", { id })}
          >
            {t`Edit`}
          </Button>
        </>
      )}
      {mayMove && (
        <Button
          variant="contained"
          startIcon={<Icon name="plus" />}
          onClick={() => panel.open("adjust", { warehouse: code })}
        >
          {t`Adjust stock`}
        </Button>
      )}
    </>
  );
}
