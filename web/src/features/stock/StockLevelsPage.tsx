import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useCallback, useState } from "react";
import { useList, useMay } from "@/api";
import { EmptyState, Icon, Page, PageHeader, Segments } from "@/design";
import { type BulkAction, DataTable, type Filter, type Layout, useColumns } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { useFirstView, ViewMenu } from "@/features/views";
import { useChangeSearch, usePanel, useSearchWords } from "@/lib/navigation";
import { useUrlView, type View } from "@/lib/view";
import { BulkPanel } from "./BulkPanel";
import type { Level } from "./queries";
import { type Grouping, StockGroups } from "./StockGroups";
import type { BulkKind } from "./useBulk";
import { useLevelColumns } from "./useLevelColumns";

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
  const columns = useLevelColumns();
  const chosen = useColumns("stock-levels", columns);
  const { by, views, group } = useGroupedViews(view, setView, chosen.layout, chosen.change);
  const { bulk, dialog } = useLevelBulk();
  const filters: Filter[] = [
    { name: "filter[warehouse]", label: t`Warehouse`, options: useWarehouseOptions() },
    { name: "filter[low]", label: t`Stock`, options: [{ value: "true", label: t`Low only` }] },
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
      <Box sx={{ mb: 1.5, display: "flex", gap: 1, flexWrap: "wrap" }}>
        {group}
        {views}
      </Box>
      {by ? (
        <StockGroups by={by} view={view} setView={setView} />
      ) : (
        <DataTable
          id="stock-levels"
          label={t`Stock levels`}
          list={list}
          columns={columns}
          chosen={chosen}
          rowId={rowId}
          rowName={rowName}
          rowHref={rowHref}
          bulk={mayWrite ? bulk : undefined}
          searchLabel={t`Search, such as stock:low`}
          filters={filters}
          empty={
            <EmptyState icon="layers" title={t`No stock yet`} action={adjust}>
              {t`Add what lies on your shelves once there is a warehouse and a product, or import a file that brings all three.`}
            </EmptyState>
          }
        />
      )}
      {dialog}
    </Page>
  );
}

/** The choice of a group, and the views that keep it together with the rest. */
function useGroupedViews(
  view: View,
  setView: (change: Partial<View>) => void,
  layout: Layout,
  setLayout: (change: Partial<Layout>) => void,
) {
  const { t } = useLingui();
  const by = (useSearchWords().group ?? "") as Grouping | "";
  const change = useChangeSearch();
  const groups = [
    { value: "", label: t`Every level` },
    { value: "category", label: t`By category` },
    { value: "warehouse", label: t`By warehouse` },
    { value: "product", label: t`By product` },
    { value: "supplier", label: t`By supplier` },
  ];
  const open = useCallback(
    (state: Record<string, unknown>) => {
      const kept = state as Partial<View> & { group?: string; layout?: Layout };
      setView({ q: kept.q ?? "", sort: kept.sort ?? "", filters: kept.filters ?? {} });
      change({ group: kept.group || undefined }, { replace: true });
      if (kept.layout) setLayout(kept.layout);
    },
    [setView, change, setLayout],
  );
  const isPlain = !view.q && !view.sort && !by && Object.keys(view.filters).length === 0;
  useFirstView("stock-levels", isPlain, open);
  return {
    by,
    group: (
      <Segments
        label={t`Group`}
        value={by}
        options={groups}
        onChange={(value) => change({ group: value || undefined, sort: undefined })}
      />
    ),
    views: <ViewMenu list="stock-levels" state={{ ...view, group: by, layout }} onOpen={open} />,
  };
}

/** What can be done with many levels at once. */
function useLevelBulk() {
  const { t } = useLingui();
  const panel = usePanel();
  const [changing, setChanging] = useState<{ rows: Level[]; kind: BulkKind } | null>(null);
  const bulk: BulkAction<Level>[] = [
    { label: t`Adjust`, icon: "edit", run: (rows) => setChanging({ rows, kind: "adjust" }) },
    { label: t`Set`, icon: "check", run: (rows) => setChanging({ rows, kind: "set" }) },
    {
      label: t`Transfer`,
      icon: "transfer",
      run: (rows) =>
        panel.open("transfer", {
          sku: rows.map((row) => row.sku).join(","),
          warehouse: rows[0]?.warehouse ?? "",
        }),
    },
    { label: t`Reserve`, icon: "bell", run: (rows) => setChanging({ rows, kind: "reserve" }) },
    { label: t`Tag or price`, icon: "tag", run: (rows) => setChanging({ rows, kind: "tag" }) },
  ];
  const dialog = changing && <BulkPanel {...changing} onClose={() => setChanging(null)} />;
  return { bulk, dialog };
}
