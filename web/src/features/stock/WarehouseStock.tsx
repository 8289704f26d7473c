import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { EmptyState } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { useUrlView } from "@/lib/view";
import { levelColumns } from "./columns";
import { LevelVerbs } from "./LevelVerbs";
import type { Level } from "./queries";

const rowId = (row: Level) => row.id;
const rowHref = (row: Level) => `/products/${row.product_id}`;
const columns: Column<Level>[] = [
  ...levelColumns.filter((column) => column.id !== "warehouse"),
  {
    id: "verbs",
    header: msg`Actions`,
    hideHeader: true,
    width: 56,
    grow: 0,
    align: "right",
    card: "trail",
    cell: (row) => <LevelVerbs level={row} />,
  },
];

/** What lies at one warehouse, SKU by SKU. */
export function WarehouseStock({ code }: { code: string }) {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({
    path: "/api/v1/warehouses/{key}/inventory",
    at: { key: code },
    resource: "stock-levels",
    view,
    setView,
  });
  return (
    <DataTable
      id="warehouse-stock"
      label={t`Stock here`}
      list={list}
      columns={columns}
      rowId={rowId}
      rowHref={rowHref}
      searchLabel={t`Search product or SKU`}
      empty={<EmptyState icon="layers" title={t`Nothing lies here yet`} />}
    />
  );
}
