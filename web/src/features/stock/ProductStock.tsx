import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { EmptyState } from "@/design";
import { DataTable } from "@/design/table";
import { usePanel } from "@/lib/navigation";
import { useOwnView } from "@/lib/view";
import { levelColumns } from "./columns";
import { LevelVerbs } from "./LevelVerbs";
import type { Level } from "./queries";

const rowId = (row: Level) => row.id;
const apart = new Set(["name", "sku"]);
const columns = [
  ...levelColumns
    .filter((column) => !apart.has(column.id))
    .map((column) =>
      column.id === "warehouse"
        ? { ...column, card: "title" as const, cell: (row: Level) => <b>{row.warehouse}</b> }
        : { ...column, optional: false },
    ),
  {
    id: "verbs",
    header: msg`Actions`,
    hideHeader: true,
    width: 56,
    grow: 0,
    align: "right" as const,
    card: "trail" as const,
    cell: (row: Level) => <LevelVerbs level={row} />,
  },
];

/** What lies of one SKU, warehouse by warehouse. */
export function ProductStock({ sku }: { sku: string }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("stock.write");
  const [view, setView] = useOwnView("warehouse");
  const list = useList({
    path: "/api/v1/stock-levels",
    resource: "stock-levels",
    view,
    setView,
    fixed: { "filter[sku]": sku },
  });
  return (
    <DataTable
      id="product-stock"
      label={t`Stock by warehouse`}
      list={list}
      columns={columns}
      rowId={rowId}
      height={340}
      empty={
        <EmptyState
          icon="layers"
          title={t`No stock of it anywhere`}
          action={
            mayWrite && (
              <Button variant="contained" onClick={() => panel.open("adjust", { sku })}>
                {t`Add stock`}
              </Button>
            )
          }
        />
      }
    />
  );
}
