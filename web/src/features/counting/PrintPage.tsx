import { useLingui } from "@lingui/react/macro";
import { Box, Button, GlobalStyles } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { page } from "@/api";
import {
  BackLink,
  Code,
  ErrorState,
  Icon,
  Named,
  Page,
  PageHeader,
  PageSkeleton,
  type SimpleColumn,
  SimpleTable,
} from "@/design";
import { quantity } from "@/lib/format";
import { useParam } from "@/lib/navigation";
import { type Count, countQuery, type SheetLine } from "./queries";

type Row = SheetLine & { expected?: string | null };

const most = 500;

/** All lines of a count: what is expected only where it may be seen. */
async function allLines(count: Count): Promise<Row[]> {
  const path = "/api/v1/counts/{key}/lines";
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const found = await page(path, { sort: "place", limit: most, cursor }, { key: count.id });
    rows.push(...found.data);
    cursor = found.meta.next_cursor ?? undefined;
  } while (cursor);
  return rows;
}

/** A count on paper: shelf by shelf, with room for a number and a name. */
export function PrintPage() {
  const { data: count, error, refetch } = useQuery(countQuery(useParam("id")));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return count ? <Sheet count={count} /> : <PageSkeleton />;
}

const onPaper = (
  <GlobalStyles
    styles={{
      "@media print": {
        "nav, header.MuiAppBar-root, aside, .no-print": { display: "none !important" },
        body: { background: "white" },
        tr: { breakInside: "avoid" },
      },
    }}
  />
);

function Sheet({ count }: { count: Count }) {
  const { t } = useLingui();
  const {
    data: rows,
    error,
    refetch,
  } = useQuery({
    queryKey: ["count-lines", "print", count.id],
    queryFn: () => allLines(count),
  });
  return (
    <Page>
      {onPaper}
      <PageHeader
        back={
          <Box className="no-print">
            <BackLink href={`/counts/${count.number}`}>{count.document}</BackLink>
          </Box>
        }
        title={t`Count sheet ${count.document}`}
        lead={[count.name, count.warehouse_name, t`${quantity(count.progress.lines)} lines`]
          .filter(Boolean)
          .join(" · ")}
        actions={
          <Button
            className="no-print"
            variant="contained"
            startIcon={<Icon name="copy" />}
            disabled={!rows}
            onClick={() => window.print()}
          >
            {t`Print`}
          </Button>
        }
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {rows && <Paper count={count} rows={rows} />}
      {rows && (
        <Box sx={{ display: "flex", gap: 6, pt: 3 }}>
          <span>{t`Counted by: ____________________`}</span>
          <span>{t`Date: ______________`}</span>
        </Box>
      )}
    </Page>
  );
}

const rowId = (row: Row) => row.id;
const room = <Box sx={{ borderBottom: 1, height: 22, minWidth: 90 }} aria-hidden />;

function Paper({ count, rows }: { count: Count; rows: Row[] }) {
  const { t } = useLingui();
  const columns: SimpleColumn<Row>[] = [
    { id: "place", header: t`No.`, cell: (row) => String(row.place) },
    { id: "sku", header: t`Product`, cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} /> },
    { id: "bin", header: t`Bin`, cell: (row) => row.bin ?? "" },
    { id: "piece", header: t`Lot, serial`, cell: (row) => row.serial ?? row.lot ?? "" },
    ...(count.shows_expected
      ? [
          {
            id: "expected",
            header: t`Expected`,
            align: "right",
            cell: (row: Row) => (row.expected ? quantity(row.expected) : ""),
          } satisfies SimpleColumn<Row>,
        ]
      : []),
    { id: "counted", header: t`Counted`, cell: () => room },
    { id: "remark", header: t`Remark`, cell: () => room },
  ];
  return <SimpleTable label={t`Count sheet ${count.document}`} columns={columns} rows={rows} rowId={rowId} />;
}
