import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { Code, Delta, EmptyState, Missing, Money, Named, Quantity, StatusChip } from "@/design";
import { type Column, DataTable, type Filter } from "@/design/table";
import { useUrlView } from "@/lib/view";
import { LineVerbs } from "./LineVerbs";
import type { Count, CountLine } from "./queries";
import { RecountReason, useDifferenceReasons } from "./words";

const rowId = (row: CountLine) => row.id;

const first: Column<CountLine>[] = [
  {
    id: "sku",
    header: msg`Product`,
    sort: "sku",
    width: 230,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} />,
  },
  { id: "bin", header: msg`Bin`, sort: "bin", width: 90, cell: (row) => row.bin ?? <Missing /> },
  {
    id: "piece",
    header: msg`Lot, serial`,
    width: 120,
    cell: (row) => ((row.serial ?? row.lot) ? <Code>{row.serial ?? row.lot}</Code> : <Missing />),
  },
];

const some = (value: string | null | undefined) =>
  value === null || value === undefined ? <Missing /> : <Quantity value={value} />;

const open: Column<CountLine>[] = [
  {
    id: "expected",
    header: msg`Expected`,
    sort: "expected",
    width: 90,
    align: "right",
    cell: (row) => some(row.expected ?? row.planned),
  },
  {
    id: "counted",
    header: msg`Counted`,
    sort: "counted",
    width: 90,
    align: "right",
    cell: (row) => some(row.counted),
  },
  {
    id: "difference",
    header: msg`Difference`,
    sort: "difference",
    width: 100,
    align: "right",
    cell: (row) => (row.difference ? <Delta value={row.difference} /> : <Missing />),
  },
  {
    id: "percent",
    header: msg`%`,
    width: 75,
    align: "right",
    cell: (row) => (row.percent ? <Delta value={row.percent} /> : <Missing />),
  },
  {
    id: "value",
    header: msg`Value`,
    sort: "value",
    width: 100,
    align: "right",
    cell: (row) => (row.value ? <Money value={row.value} /> : <Missing />),
  },
  { id: "reason", header: msg`Reason`, width: 130, cell: (row) => <Reason line={row} /> },
];

const blind: Column<CountLine>[] = [
  { id: "mine", header: msg`I counted`, width: 100, align: "right", cell: (row) => some(row.mine) },
];

const last: Column<CountLine>[] = [
  { id: "status", header: msg`Status`, width: 190, cell: (row) => <LineStatus line={row} /> },
];

function Reason({ line }: { line: CountLine }) {
  const names = useDifferenceReasons();
  return line.reason ? (
    <span>{names.find((one) => one.value === line.reason)?.label ?? line.reason}</span>
  ) : (
    <Missing />
  );
}

function LineStatus({ line }: { line: CountLine }) {
  const { t } = useLingui();
  if (line.status === "recount")
    return line.why ? (
      <RecountReason why={line.why} />
    ) : (
      <StatusChip label={t`To be counted again`} tone="warn" />
    );
  if (line.found) return <StatusChip label={t`Not expected there`} tone="info" />;
  return line.status === "counted" ? (
    <StatusChip label={t`Counted`} tone="good" />
  ) : (
    <StatusChip label={t`Waiting`} />
  );
}

/** The lines of a count: without what is expected while it is blind. */
export function CountLines({ count }: { count: Count }) {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({
    path: "/api/v1/counts/{key}/lines",
    at: { key: count.id },
    resource: "count-lines",
    view,
    setView,
  });
  const verbs: Column<CountLine> = {
    id: "verbs",
    header: msg`Actions`,
    hideHeader: true,
    width: 56,
    grow: 0,
    align: "right",
    card: "trail",
    cell: (line) => <LineVerbs count={count} line={line} />,
  };
  const columns = [...first, ...(count.shows_expected ? open : blind), ...last, verbs];
  const yesNo = [
    { value: "true", label: t`Yes` },
    { value: "false", label: t`No` },
  ];
  const filters: Filter[] = [
    { name: "filter[done]", label: t`Counted by me`, options: yesNo },
    { name: "filter[found]", label: t`Not expected there`, options: yesNo },
    ...(count.shows_expected
      ? [
          {
            name: "filter[size][gt]",
            label: t`Differs`,
            options: [{ value: "0", label: t`Only what differs` }],
          },
        ]
      : []),
  ];
  return (
    <DataTable
      id="count-lines"
      label={t`Lines`}
      list={list}
      columns={columns}
      rowId={rowId}
      searchLabel={t`Search SKU, name, lot or serial`}
      filters={filters}
      height={560}
      empty={<EmptyState icon="scan" title={t`No lines`}>{t`Nothing is left in this count.`}</EmptyState>}
    />
  );
}
