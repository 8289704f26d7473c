import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useList, useMay } from "@/api";
import { Code, DateTime, EmptyState, Money, Named, Quantity, RowMenu } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import type { Receipt } from "./queries";

const columns: Column<Receipt>[] = [
  {
    id: "effective_at",
    header: msg`Received`,
    sort: "effective_at",
    width: 140,
    card: "lead",
    cell: (row) => <DateTime value={row.effective_at} />,
  },
  {
    id: "name",
    header: msg`Product`,
    sort: "name",
    width: 180,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} />,
  },
  { id: "warehouse", header: msg`Warehouse`, sort: "warehouse", width: 104, cell: (row) => row.warehouse },
  { id: "document", header: msg`Document`, width: 104, cell: (row) => <Code>{row.document ?? "–"}</Code> },
  {
    id: "quantity",
    header: msg`Units`,
    sort: "quantity",
    width: 84,
    align: "right",
    cell: (row) => <Quantity value={row.quantity} />,
  },
  {
    id: "value",
    header: msg`Cost`,
    sort: "value",
    width: 104,
    align: "right",
    card: "trail",
    cell: (row) => <Money value={row.value} />,
  },
  {
    id: "later",
    header: msg`Told later`,
    width: 104,
    align: "right",
    cell: (row) => <Money value={row.later} />,
  },
  {
    id: "landed",
    header: msg`Landed`,
    width: 104,
    align: "right",
    cell: (row) => <Money value={row.landed} />,
  },
  {
    id: "verbs",
    header: msg`What to do`,
    hideHeader: true,
    width: 56,
    grow: 0,
    align: "right",
    cell: (row) => <Verbs row={row} />,
  },
];

function Verbs({ row }: { row: Receipt }) {
  const { t } = useLingui();
  const panel = usePanel();
  if (!useMay("costing.write")) return null;
  const about = { posting: row.posting_id, line: String(row.line), sku: row.sku, units: row.quantity };
  return (
    <RowMenu
      label={t`What to do with ${row.sku}`}
      verbs={[
        { label: t`Tell what it truly cost`, icon: "edit", run: () => panel.open("cost", about) },
        { label: t`Add freight or duty`, icon: "truck", run: () => panel.open("landed", about) },
      ]}
    />
  );
}

/** What came in, and what it cost: then, later, and landed beside. */
export function ReceiptsPart() {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/costs/receipts", resource: "costs", view, setView });
  return (
    <DataTable
      id="receipts"
      label={t`Receipts`}
      list={list}
      columns={columns}
      rowId={(row) => String(row.id)}
      rowName={(row) => row.sku}
      searchLabel={t`Search product, SKU or document`}
      filters={[{ name: "filter[warehouse]", label: t`Warehouse`, options: useWarehouseOptions() }]}
      empty={
        <EmptyState icon="package" title={t`Nothing was received yet`}>
          {t`Each line that brings goods in is listed here with its cost.`}
        </EmptyState>
      }
    />
  );
}
