import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { type RowOf, useList, useMe } from "@/api";
import { EmptyState, Money, Named, Quantity } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { writeSearch } from "@/lib/navigation";
import type { View } from "@/lib/view";

export type Grouping = "category" | "warehouse" | "product" | "supplier";
type Group = RowOf<"/api/v1/stock-groups">;

/** The words of an address that show the levels of one group. */
function groupWords(by: Grouping, id: string): Record<string, string> {
  const filter = `filter[${by}_id]`;
  return id ? { [filter]: id } : { [`${filter}[null]`]: "true" };
}

function useColumns(by: Grouping, currency: string | undefined): Column<Group>[] {
  const { t } = useLingui();
  const nothing: Record<Grouping, string> = {
    category: t`No category`,
    supplier: t`No supplier`,
    warehouse: "",
    product: "",
  };
  const none = nothing[by];
  return useMemo(
    () => [
      {
        id: "name",
        header: msg`Group`,
        sort: "name",
        width: 220,
        grow: 3,
        card: "title",
        cell: (row) => <Named name={row.name || none} />,
      },
      {
        id: "levels",
        header: msg`Levels`,
        sort: "levels",
        width: 100,
        align: "right",
        cell: (row) => <Quantity value={String(row.levels)} />,
      },
      ...figures,
      {
        id: "value",
        header: msg`Value`,
        sort: "value",
        width: 130,
        align: "right",
        cell: (row) => <Money value={row.value} currency={currency} />,
      },
    ],
    [none, currency],
  );
}

const figures: Column<Group>[] = [
  {
    id: "on_hand",
    header: msg`On hand`,
    sort: "on_hand",
    width: 110,
    align: "right",
    cell: (row) => <Quantity value={row.on_hand} quietZero />,
  },
  {
    id: "reserved",
    header: msg`Reserved`,
    sort: "reserved",
    width: 110,
    align: "right",
    cell: (row) => <Quantity value={row.reserved} quietZero />,
  },
  {
    id: "available",
    header: msg`Available`,
    sort: "available",
    width: 110,
    align: "right",
    card: "trail",
    cell: (row) => <Quantity value={row.available} quietZero />,
  },
];

const rowId = (row: Group) => row.id || "none";

interface StockGroupsProps {
  by: Grouping;
  view: View;
  setView: (change: Partial<View>) => void;
}

/** The levels that fit, summed by what they have in common; a group opens the levels that it sums. */
export function StockGroups({ by, view, setView }: StockGroupsProps) {
  const { t } = useLingui();
  const currency = useMe()?.organization.currency;
  const list = useList({
    path: "/api/v1/stock-groups",
    resource: "stock-levels",
    view,
    setView,
    language: true,
    fixed: { by },
  });
  return (
    <DataTable
      id="stock-groups"
      label={t`Stock by group`}
      list={{ ...list, saveAs: undefined }}
      columns={useColumns(by, currency)}
      rowId={rowId}
      rowHref={(row) =>
        `/stock-levels${writeSearch({ ...view.filters, q: view.q, ...groupWords(by, row.id) })}`
      }
      searchLabel={t`Search, such as stock:low`}
      empty={
        <EmptyState icon="layers" title={t`No stock yet`}>
          {t`Groups appear when there is stock.`}
        </EmptyState>
      }
    />
  );
}
