import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { EmptyState, Icon, Page, PageHeader } from "@/design";
import { type BulkAction, type Column, DataTable, type Filter } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import { levelColumns } from "./columns";
import { LevelVerbs } from "./LevelVerbs";
import type { Level } from "./queries";

const rowId = (row: Level) => row.id;
const rowName = (row: Level) => `${row.sku} ${row.warehouse}`;
const rowHref = (row: Level) => `/products/${row.product_id}`;

export function StockLevelsPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("stock.write");
  const [view, setView] = useUrlView();
  const list = useList({
    path: "/api/v1/stock-levels",
    resource: "stock-levels",
    view,
    setView,
    language: true,
  });
  const filters: Filter[] = [
    { name: "filter[warehouse]", label: t`Warehouse`, options: useWarehouseOptions() },
    { name: "filter[low]", label: t`Stock`, options: [{ value: "true", label: t`Low only` }] },
  ];
  const bulk: BulkAction<Level>[] = [
    {
      label: t`Transfer`,
      icon: "transfer",
      run: (rows) =>
        panel.open("transfer", {
          sku: rows.map((row) => row.sku).join(","),
          warehouse: rows[0]?.warehouse ?? "",
        }),
    },
  ];
  const adjust = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("adjust")}>
      {t`Adjust stock`}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t`Stock levels`}
        lead={t`What lies where, what is promised, and what may still be sold.`}
        actions={
          mayWrite && (
            <>
              <Button
                variant="outlined"
                color="secondary"
                startIcon={<Icon name="transfer" />}
                onClick={() => panel.open("transfer")}
              >
                {t`Transfer`}
              </Button>
              {adjust}
            </>
          )
        }
      />
      <DataTable
        id="stock-levels"
        label={t`Stock levels`}
        list={list}
        columns={mayWrite ? [...levelColumns, verbsColumn] : levelColumns}
        rowId={rowId}
        rowName={rowName}
        rowHref={rowHref}
        bulk={mayWrite ? bulk : undefined}
        searchLabel={t`Search product or SKU`}
        filters={filters}
        empty={
          <EmptyState icon="layers" title={t`No stock yet`} action={adjust}>
            {t`Add what lies on your shelves once there is a warehouse and a product, or import a file that brings all three.`}
          </EmptyState>
        }
      />
    </Page>
  );
}

const verbsColumn: Column<Level> = {
  id: "verbs",
  header: msg`Actions`,
  hideHeader: true,
  width: 56,
  grow: 0,
  align: "right",
  card: "trail",
  cell: (row) => <LevelVerbs level={row} />,
};
