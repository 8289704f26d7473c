import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { Code, Delta, EmptyState, Money, Named, Quantity } from "@/design";
import { type Column, DataTable, type Filter } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { useUrlView } from "@/lib/view";
import type { LevelThen } from "./queries";
import type { Moment } from "./useMoment";

const tableHeight = 560;

const columns: Column<LevelThen>[] = [
  {
    id: "name",
    header: msg`Product`,
    sort: "name",
    width: 200,
    grow: 2.4,
    card: "title",
    cell: (row) => <Named name={row.name} />,
  },
  {
    id: "sku",
    header: msg`SKU`,
    sort: "sku",
    width: 115,
    card: "lead",
    cell: (row) => <Code>{row.sku}</Code>,
  },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 105,
    cell: (row) => row.warehouse,
  },
  {
    id: "on_hand",
    header: msg`On hand then`,
    sort: "on_hand",
    width: 125,
    align: "right",
    card: "trail",
    cell: (row) => <Quantity value={row.on_hand} quietZero />,
  },
  {
    id: "reserved",
    header: msg`Reserved then`,
    sort: "reserved",
    width: 125,
    align: "right",
    optional: true,
    cell: (row) => <Quantity value={row.reserved} quietZero />,
  },
  {
    id: "today",
    header: msg`Today`,
    width: 100,
    align: "right",
    cell: (row) => <Quantity value={row.on_hand_now} quietZero />,
  },
  {
    id: "change",
    header: msg`Difference`,
    sort: "change",
    width: 110,
    align: "right",
    cell: (row) => <Delta value={row.change} />,
  },
  {
    id: "value",
    header: msg`Value then`,
    sort: "value",
    width: 120,
    align: "right",
    cell: (row) => <Money value={row.value} />,
  },
];

const rowId = (row: LevelThen) => row.id;
const rowHref = (row: LevelThen) => `/products/${row.product_id}`;

/** Every level at the moment, with the difference to today. */
export function Levels({ moment }: { moment: Moment }) {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const { asOf, knownAt } = moment;
  const fixed = { as_of: asOf, compare: "today", ...(knownAt && { known_at: knownAt }) };
  const list = useList({ path: "/api/v1/stock-levels", resource: "stock-levels", view, setView, fixed });
  const filters: Filter[] = [
    { name: "filter[warehouse]", label: t`Warehouse`, options: useWarehouseOptions() },
  ];
  return (
    <DataTable
      id="levels-then"
      label={t`Levels then`}
      list={list}
      columns={columns}
      rowId={rowId}
      rowHref={rowHref}
      filters={filters}
      searchLabel={t`Search product or SKU`}
      height={tableHeight}
      empty={
        <EmptyState icon="history" title={t`Nothing was there`}>
          {t`No level held anything at that moment, by what was known of it.`}
        </EmptyState>
      }
    />
  );
}
