import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useMemo, useState } from "react";
import { useChange, useList, useMay } from "@/api";
import { ConfirmDialog, EmptyState, Icon, Page, PageHeader } from "@/design";
import { DataTable, type Filter, type ListModel } from "@/design/table";
import { useAvailable } from "@/features/stock";
import { Anchor } from "@/lib/Anchor";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import { productColumns, type StockedProduct } from "./columns";
import { useProductStatuses } from "./ProductStatus";
import { changeProduct, type ProductRow, removeProduct, useCategories } from "./queries";
import { flat } from "./tree";

const rowId = (row: StockedProduct) => row.id;
const rowName = (row: ProductRow) => row.name;
const rowHref = (row: ProductRow) => `/products/${row.id}`;

export function ProductsPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("catalog.write");
  const [view, setView] = useUrlView();
  const found = useList({ path: "/api/v1/products", resource: "products", view, setView, language: true });
  const list = useStocked(found);
  const filters = useProductFilters();
  const { bulk, dialog } = useProductBulk();

  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("product")}>
      {t`New product`}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t`Products`}
        lead={t`What you sell, what it costs, and how much of it may still be sold.`}
        actions={
          <>
            <Button
              variant="outlined"
              color="secondary"
              startIcon={<Icon name="import" />}
              component={Anchor}
              href="/import"
            >
              {t`Import`}
            </Button>
            {add}
          </>
        }
      />
      <DataTable
        id="products"
        label={t`Products`}
        list={list}
        columns={productColumns}
        rowId={rowId}
        rowName={rowName}
        rowHref={rowHref}
        searchLabel={t`Search name, SKU or barcode`}
        filters={filters}
        bulk={mayWrite ? bulk : undefined}
        empty={
          <EmptyState icon="tag" title={t`No products yet`} action={add}>
            {t`Add the first by hand, or import a file of sales or products: onhand reads CSV, Excel and Parquet.`}
          </EmptyState>
        }
      />
      {dialog}
    </Page>
  );
}

/** The list with what there is of each product: a column that the catalogue itself does not know. */
function useStocked(list: ListModel<ProductRow>): ListModel<StockedProduct> {
  const { rows } = list;
  const skus = useMemo(() => rows.map((row) => row.sku), [rows]);
  const available = useAvailable(skus);
  const stocked = useMemo(
    () => rows.map((row) => ({ ...row, available: available.get(row.sku) })),
    [rows, available],
  );
  return { ...list, rows: stocked };
}

function useProductFilters(): Filter[] {
  const { t } = useLingui();
  const { branches } = useCategories();
  return [
    {
      name: "filter[category]",
      label: t`Category`,
      options: flat(branches).map(({ row, path }) => ({ value: row.id, label: path })),
    },
    { name: "filter[status]", label: t`Status`, options: useProductStatuses().slice(0, 2) },
    { name: "filter[archived]", label: t`Archived`, options: [{ value: "true", label: t`Archived only` }] },
  ];
}

/** What can be done to several products at once. */
function useProductBulk() {
  const { t } = useLingui();
  const [doomed, setDoomed] = useState<ProductRow[]>([]);
  const touches = ["products", "categories"];
  const draft = useChange({
    change: (rows: ProductRow[]) =>
      Promise.all(rows.map((row) => changeProduct(row.id, { status: "draft" }))),
    touches,
    said: (rows) => t`${rows.length} products set to draft.`,
  });
  const remove = useChange({
    change: (rows: ProductRow[]) => Promise.all(rows.map((row) => removeProduct(row.id))),
    touches,
    said: (done) => t`${done.length} products removed.`,
  });
  const bulk = [
    { label: t`Set to draft`, icon: "edit" as const, run: (rows: ProductRow[]) => draft.mutate(rows) },
    { label: t`Remove`, icon: "trash" as const, danger: true, run: setDoomed },
  ];
  const dialog = (
    <ConfirmDialog
      open={doomed.length > 0}
      danger
      title={t`Remove ${doomed.length} products?`}
      confirmLabel={t`Remove`}
      busy={remove.isPending}
      onConfirm={() => remove.mutate(doomed, { onSettled: () => setDoomed([]) })}
      onClose={() => setDoomed([])}
    >
      {t`Those that have stock or history are archived instead: nothing recorded is lost.`}
    </ConfirmDialog>
  );
  return { bulk, dialog };
}
