import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { Code, DateTime, EmptyState, Named, Quantity } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import type { Layer } from "./queries";

const columns: Column<Layer>[] = [
  {
    id: "name",
    header: msg`Product`,
    sort: "name",
    width: 190,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} />,
  },
  { id: "warehouse", header: msg`Warehouse`, sort: "warehouse", width: 110, cell: (row) => row.warehouse },
  {
    id: "received_at",
    header: msg`Received`,
    sort: "received_at",
    width: 140,
    card: "lead",
    cell: (row) => <DateTime value={row.received_at} />,
  },
  { id: "document", header: msg`Document`, width: 110, cell: (row) => <Code>{row.document ?? "–"}</Code> },
  {
    id: "quantity",
    header: msg`Received units`,
    sort: "quantity",
    width: 120,
    align: "right",
    cell: (row) => <Quantity value={row.quantity} />,
  },
  {
    id: "remaining",
    header: msg`In stock`,
    sort: "remaining",
    width: 96,
    align: "right",
    card: "trail",
    cell: (row) => <Quantity value={row.remaining} />,
  },
  {
    id: "verbs",
    header: msg`Tell the cost`,
    hideHeader: true,
    width: 128,
    grow: 0,
    align: "right",
    cell: (row) => <Tell row={row} />,
  },
];

function Tell({ row }: { row: Layer }) {
  const { t } = useLingui();
  const panel = usePanel();
  if (!useMay("costing.write") || row.line === 0) return null;
  const about = { posting: row.posting_id, line: String(row.line), sku: row.sku, units: row.quantity };
  return (
    <Button size="small" onClick={() => panel.open("cost", about)}>
      {t`Tell the cost`}
    </Button>
  );
}

/** Receipts whose cost nobody told: in stock, and in no value. */
export function UncostedPart() {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/costs/uncosted", resource: "costs", view, setView });
  return (
    <DataTable
      id="uncosted"
      label={t`Receipts without a cost`}
      list={list}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => row.sku}
      searchLabel={t`Search product, SKU or document`}
      filters={[
        { name: "filter[warehouse]", label: t`Warehouse`, options: useWarehouseOptions() },
        {
          name: "filter[open]",
          label: t`State`,
          options: [
            { value: "true", label: t`In stock` },
            { value: "false", label: t`Sold already` },
          ],
        },
      ]}
      empty={
        <EmptyState icon="check" title={t`Every unit in stock has a cost`}>
          {t`Receipts that come without one are listed here.`}
        </EmptyState>
      }
    />
  );
}
