import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { Code, DateTime, EmptyState, Named, Page, PageHeader, Quantity } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import type { Shortage } from "./queries";
import { ShortageKind, ShortageStatus, useShortageKinds, useShortageStatuses } from "./words";

const columns: Column<Shortage>[] = [
  {
    id: "created_at",
    header: msg`Found`,
    sort: "created_at",
    width: 140,
    card: "lead",
    cell: (row) => <DateTime value={row.created_at} />,
  },
  {
    id: "name",
    header: msg`Product`,
    width: 180,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} />,
  },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 98,
    cell: (row) => <span>{row.warehouse}</span>,
  },
  {
    id: "quantity",
    header: msg`Missing`,
    sort: "quantity",
    width: 84,
    align: "right",
    cell: (row) => <Quantity value={row.quantity} />,
  },
  {
    id: "kind",
    header: msg`What happened`,
    sort: "kind",
    width: 176,
    grow: 1.5,
    cell: (row) => <ShortageKind kind={row.kind} />,
  },
  {
    id: "document",
    header: msg`Document`,
    sort: "document",
    width: 92,
    cell: (row) => <Code>{row.document ?? "–"}</Code>,
  },
  {
    id: "status",
    header: msg`State`,
    sort: "status",
    width: 100,
    card: "trail",
    cell: (row) => <ShortageStatus status={row.status} />,
  },
  {
    id: "resolution",
    header: msg`Dealt with`,
    width: 180,
    optional: true,
    cell: (row) => <span>{row.resolution ?? "–"}</span>,
  },
  {
    id: "verbs",
    header: msg`Resolve`,
    hideHeader: true,
    width: 92,
    grow: 0,
    align: "right",
    cell: (row) => row.status === "open" && <Resolve shortage={row} />,
  },
];

function Resolve({ shortage }: { shortage: Shortage }) {
  const { t } = useLingui();
  const panel = usePanel();
  const { id, sku } = shortage;
  if (!useMay("stock.write")) return null;
  return (
    <Button
      size="small"
      aria-label={t`Resolve the shortage of ${sku}`}
      onClick={() => panel.open("shortage", { id, sku })}
    >
      {t`Resolve`}
    </Button>
  );
}

const rowId = (row: Shortage) => row.id;

export function ShortagesPage() {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/shortages", resource: "shortages", view, setView });
  return (
    <Page fill>
      <PageHeader
        title={t`Shortages`}
        lead={t`Where what happened outside did not fit the stock that was there. Stock never goes below zero: the rest stands here until somebody deals with it.`}
      />
      <DataTable
        id="shortages"
        label={t`Shortages`}
        list={list}
        columns={columns}
        rowId={rowId}
        searchLabel={t`Search product or SKU`}
        filters={[
          { name: "filter[status]", label: t`State`, options: useShortageStatuses() },
          { name: "filter[kind]", label: t`What happened`, options: useShortageKinds() },
        ]}
        empty={
          <EmptyState icon="check" tone="good" title={t`Nothing is short`}>
            {t`Every sale, count and promise was covered by stock.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
