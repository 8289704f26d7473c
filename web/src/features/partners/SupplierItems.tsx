import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { Code, EmptyState, Icon, Missing, Money, Named, Quantity, StatusChip } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { usePanel } from "@/lib/navigation";
import { useOwnView } from "@/lib/view";
import type { Supplier, SupplierItem } from "./queries";

const columns: Column<SupplierItem>[] = [
  {
    id: "sku",
    header: msg`Product`,
    sort: "name",
    width: 200,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} />,
  },
  {
    id: "supplier_sku",
    header: msg`Their code`,
    sort: "supplier_sku",
    width: 110,
    cell: (row) => (row.supplier_sku ? <Code>{row.supplier_sku}</Code> : <Missing />),
  },
  {
    id: "price",
    header: msg`Price`,
    sort: "price",
    align: "right",
    cell: (row) => <Money value={row.price} currency={row.currency} />,
  },
  {
    id: "moq",
    header: msg`Least order`,
    sort: "minimum_quantity",
    align: "right",
    cell: (row) => <Quantity value={row.minimum_quantity} />,
  },
  {
    id: "pack",
    header: msg`Pack`,
    sort: "pack_size",
    align: "right",
    width: 90,
    cell: (row) => <Quantity value={row.pack_size} />,
  },
  {
    id: "lead",
    header: msg`Lead time, days`,
    align: "right",
    width: 130,
    cell: (row) => <span>{row.lead_time_days}</span>,
  },
  {
    id: "preferred",
    header: msg`Choice`,
    sort: "preferred",
    width: 120,
    card: "trail",
    cell: (row) => row.preferred && <Preferred />,
  },
];

function Preferred() {
  const { t } = useLingui();
  return <StatusChip label={t`Preferred`} tone="good" />;
}

const rowId = (row: SupplierItem) => row.id;
const rowName = (row: SupplierItem) => row.sku;

/** What one supplier sells us, and on which terms. */
export function SupplierItems({ supplier }: { supplier: Supplier }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("partners.write");
  const [view, setView] = useOwnView("sku");
  const list = useList({
    path: "/api/v1/suppliers/{key}/items",
    at: { key: supplier.id },
    resource: "supplier-items",
    view,
    setView,
  });
  const add = mayWrite && (
    <Button
      variant="contained"
      startIcon={<Icon name="plus" />}
      onClick={() => panel.open("supplier-item", { supplier: supplier.id })}
    >
      {t`Add item`}
    </Button>
  );
  const edit: Column<SupplierItem> = {
    id: "edit",
    header: msg`Change`,
    hideHeader: true,
    width: 90,
    grow: 0.5,
    align: "right",
    cell: (row) => (
      <Button
        size="small"
        aria-label={t`Change ${row.sku}`}
        onClick={() => panel.open("supplier-item", { id: row.id })}
      >
        {t`Change`}
      </Button>
    ),
  };
  return (
    <DataTable
      id="supplier-items"
      label={t`What this supplier sells`}
      list={list}
      columns={mayWrite ? [...columns, edit] : columns}
      rowId={rowId}
      rowName={rowName}
      searchLabel={t`Search SKU or their code`}
      actions={list.rows.length > 0 && add}
      height={460}
      empty={
        <EmptyState icon="package" title={t`Nothing is bought here yet`} action={add}>
          {t`Say which SKUs this supplier sells, at what price and in which packs; reorder suggestions follow it.`}
        </EmptyState>
      }
    />
  );
}
