import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useChange, useList, useMay } from "@/api";
import { Code, Day, EmptyState, Icon, Missing, Money, Named, StatusChip } from "@/design";
import { type Column, DataTable, type Filter } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { quantity } from "@/lib/format";
import { useGo } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import { countDue, type Due, touches } from "./queries";

const rowId = (row: Due) => row.id;

const columns: Column<Due>[] = [
  {
    id: "sku",
    header: msg`Product`,
    sort: "sku",
    width: 220,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} />,
  },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 110,
    card: "lead",
    cell: (row) => row.warehouse,
  },
  { id: "abc", header: msg`Class`, sort: "abc", width: 75, cell: (row) => row.abc },
  {
    id: "value",
    header: msg`Worth`,
    sort: "value",
    width: 100,
    align: "right",
    cell: (row) => (row.value === null ? <Missing /> : <Money value={row.value} />),
  },
  {
    id: "last_counted_at",
    header: msg`Last counted`,
    sort: "last_counted_at",
    width: 120,
    cell: (row) => <Day value={row.last_counted_at} />,
  },
  { id: "due_on", header: msg`Due`, sort: "due_on", width: 110, cell: (row) => <Day value={row.due_on} /> },
  { id: "schedule", header: msg`Because of`, sort: "schedule", width: 140, cell: (row) => row.schedule },
  { id: "state", header: msg`State`, width: 170, card: "trail", cell: (row) => <DueState row={row} /> },
];

function DueState({ row }: { row: Due }) {
  const { t } = useLingui();
  if (row.being_counted) return <StatusChip label={t`In an open count`} tone="busy" />;
  if (row.days_over === null) return <StatusChip label={t`Never counted`} tone="warn" />;
  if (row.days_over > 0) return <StatusChip label={t`${quantity(row.days_over)} days over`} tone="bad" />;
  return row.due ? <StatusChip label={t`Due today`} tone="info" /> : <StatusChip label={t`Not due`} />;
}

/** What is to be counted, the longest overdue first; one press begins a count of it. */
export function DuePart() {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/count-due", resource: "count-due", view, setView });
  const warehouses = useWarehouseOptions();
  const filters: Filter[] = [
    { name: "filter[warehouse]", label: t`Warehouse`, options: warehouses },
    {
      name: "filter[abc]",
      label: t`Class`,
      options: ["A", "B", "C"].map((one) => ({ value: one, label: one })),
    },
    { name: "filter[due]", label: t`Due`, options: [{ value: "false", label: t`Not yet` }] },
  ];
  const where = view.filters["filter[warehouse]"] ?? list.rows.find((row) => !row.being_counted)?.warehouse;
  return (
    <DataTable
      id="count-due"
      label={t`Due`}
      list={list}
      columns={columns}
      rowId={rowId}
      searchLabel={t`Search SKU or name`}
      filters={filters}
      actions={where && <CountThese warehouse={where} />}
      empty={
        <EmptyState icon="check" title={t`Nothing is due`}>
          {t`Schedules say what is counted how often; what is due by them is listed here.`}
        </EmptyState>
      }
    />
  );
}

function CountThese({ warehouse }: { warehouse: string }) {
  const { t } = useLingui();
  const go = useGo();
  const mayPlan = useMay("counting.plan");
  const begin = useChange({ change: () => countDue(warehouse), touches });
  if (!mayPlan) return null;
  return (
    <Button
      variant="contained"
      startIcon={<Icon name="scan" />}
      loading={begin.isPending}
      onClick={() => begin.mutate(undefined, { onSuccess: ({ number }) => go(`/counts/${number}/shelf`) })}
    >
      {t`Count what is due at ${warehouse}`}
    </Button>
  );
}
