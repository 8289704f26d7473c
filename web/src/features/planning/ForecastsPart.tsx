import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { Code, DateTime, EmptyState, Missing, Named } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { percent, quantity } from "@/lib/format";
import { useUrlView } from "@/lib/view";
import type { ForecastRow } from "./queries";
import { DemandClass, useDemandClasses } from "./words";

const hundredths = (value: number) => quantity(value.toFixed(2));

const columns: Column<ForecastRow>[] = [
  {
    id: "name",
    header: msg`Product`,
    sort: "name",
    width: 200,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} />,
  },
  {
    id: "sku",
    header: msg`SKU`,
    sort: "sku",
    width: 118,
    card: "lead",
    cell: (row) => <Code>{row.sku}</Code>,
  },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 98,
    cell: (row) => (row.warehouse ? <Code>{row.warehouse}</Code> : <AllWarehouses />),
  },
  {
    id: "class",
    header: msg`How it sells`,
    sort: "demand_class",
    width: 150,
    grow: 0,
    card: "trail",
    cell: (row) => <DemandClass name={row.demand_class} />,
  },
  {
    id: "mean",
    header: msg`Expected a week`,
    sort: "mean_per_day",
    align: "right",
    width: 132,
    cell: (row) => <span>{hundredths(row.mean_per_day * 7)}</span>,
  },
  {
    id: "rmsse",
    header: msg`Against repeating`,
    sort: "rmsse",
    align: "right",
    width: 140,
    cell: (row) => <Against mine={row.rmsse} naive={row.naive_rmsse} />,
  },
  {
    id: "days",
    header: msg`Days with sales`,
    sort: "selling_days",
    align: "right",
    width: 140,
    optional: true,
    cell: (row) => <span>{row.selling_days}</span>,
  },
  {
    id: "made",
    header: msg`Made`,
    sort: "created_at",
    width: 124,
    cell: (row) => <DateTime value={row.created_at} relative />,
  },
];

function AllWarehouses() {
  const { t } = useLingui();
  return <span>{t`All`}</span>;
}

/** How much smaller (or larger) the error is than that of repeating last week. */
function Against({ mine, naive }: { mine: number | null; naive: number | null }) {
  if (mine === null || naive === null || naive === 0) return <Missing />;
  const change = mine / naive - 1;
  return <span>{change > 0 ? `+${percent(change)}` : percent(change)}</span>;
}

const rowId = (row: ForecastRow) => row.id;
const rowName = (row: ForecastRow) => row.sku;
const rowHref = (row: ForecastRow) => `/planning/forecasts/${row.id}`;

export function ForecastsPart() {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/forecasts", resource: "forecasts", view, setView });
  const classes = Object.entries(useDemandClasses()).map(([value, { label }]) => ({ value, label }));
  return (
    <DataTable
      id="forecasts"
      label={t`Forecasts`}
      list={list}
      columns={columns}
      rowId={rowId}
      rowName={rowName}
      rowHref={rowHref}
      searchLabel={t`Search product or SKU`}
      filters={[{ name: "filter[demand_class]", label: t`How it sells`, options: classes }]}
      empty={
        <EmptyState icon="forecast" title={t`No forecasts yet`}>
          {t`They are made every night from what was sold, and after each import. You can also forecast one SKU now.`}
        </EmptyState>
      }
    />
  );
}
