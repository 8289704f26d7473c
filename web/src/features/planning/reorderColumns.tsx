import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { Code, Day, Icon, Missing, Named, Quantity, ScreenReaderOnly, tones } from "@/design";
import type { Column } from "@/design/table";
import { date, quantity } from "@/lib/format";
import type { Suggestion } from "./queries";
import { Reasons } from "./Reasons";

const beside = { display: "inline-flex", alignItems: "center", overflow: "visible !important" } as const;

function ToOrder({ row }: { row: Suggestion }) {
  return (
    <Box component="span" sx={beside}>
      <Reasons row={row} />
      <Box component="span" sx={{ fontWeight: row.due ? 700 : 400 }}>
        {row.due ? quantity(row.quantity) : "–"}
      </Box>
    </Box>
  );
}

/** The point in force; one set by hand says so. */
function Point({ row }: { row: Suggestion }) {
  const { t } = useLingui();
  const computed = quantity(row.computed_point);
  if (row.manual_point === null) return <Quantity value={row.reorder_point} />;
  return (
    <Box component="span" title={t`Set by hand; computed: ${computed}`}>
      {quantity(row.manual_point)} <Icon name="edit" sx={{ fontSize: 14, verticalAlign: "text-bottom" }} />
      <ScreenReaderOnly>{t`set by hand; computed: ${computed}`}</ScreenReaderOnly>
    </Box>
  );
}

const dayLength = 86_400_000;

/** The day on which stock runs out; within a week it is marked. */
function RunsOut({ row }: { row: Suggestion }) {
  const { t } = useLingui();
  if (row.stockout_on === null) return <Missing />;
  const days = Math.ceil((new Date(row.stockout_on).getTime() - Date.now()) / dayLength);
  if (days > 7) return <Day value={row.stockout_on} />;
  return (
    <Box component="span" sx={{ color: tones.bad.text, fontWeight: 600 }} title={date(row.stockout_on)}>
      {days <= 0 ? t`Today` : t`in ${days} d`}
    </Box>
  );
}

export const reorderColumns: Column<Suggestion>[] = [
  {
    id: "name",
    header: msg`Product`,
    sort: "name",
    width: 172,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} />,
  },
  {
    id: "sku",
    header: msg`SKU`,
    sort: "sku",
    width: 112,
    card: "lead",
    cell: (row) => <Code>{row.sku}</Code>,
  },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 94,
    cell: (row) => <span>{row.warehouse}</span>,
  },
  {
    id: "available",
    header: msg`Available`,
    sort: "available",
    width: 92,
    align: "right",
    cell: (row) => <Quantity value={row.available} />,
  },
  {
    id: "incoming",
    header: msg`Incoming`,
    sort: "incoming",
    width: 92,
    align: "right",
    cell: (row) => <Quantity value={row.incoming} quietZero />,
  },
  {
    id: "point",
    header: msg`Reorder at`,
    sort: "reorder_point",
    width: 94,
    align: "right",
    cell: (row) => <Point row={row} />,
  },
  {
    id: "stockout",
    header: msg`Runs out`,
    sort: "days_left",
    width: 92,
    cell: (row) => <RunsOut row={row} />,
  },
  {
    id: "order_by",
    header: msg`Order by`,
    width: 120,
    optional: true,
    cell: (row) => <Day value={row.order_by} />,
  },
  {
    id: "quantity",
    header: msg`To order`,
    width: 92,
    align: "right",
    card: "trail",
    cell: (row) => <ToOrder row={row} />,
  },
  {
    id: "supplier",
    header: msg`Supplier`,
    sort: "supplier",
    width: 140,
    cell: (row) => (row.supplier ? <span>{row.supplier}</span> : <Missing />),
  },
];
