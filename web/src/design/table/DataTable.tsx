import { useLingui } from "@lingui/react/macro";
import { Box, Button, useMediaQuery } from "@mui/material";
import type { ComponentProps } from "react";
import { QueryMark, queryFault } from "../QueryMark";
import { EmptyState, ErrorState } from "../states";
import { light, phoneQuery, shadow } from "../tokens";
import { Cards } from "./Cards";
import { ColumnMenu } from "./ColumnMenu";
import { ExportMenu } from "./ExportMenu";
import { Grid } from "./Grid";
import { useModel } from "./model";
import { SkeletonRows } from "./SkeletonRows";
import { BulkBar, Toolbar } from "./Toolbar";
import type { DataTableProps, ListModel } from "./types";
import { useChanged } from "./useChanged";
import { useColumns } from "./useColumns";

/**
 * The one list of the app: search, filters, sort, column choice, selection, keyboard, endless rows, and the
 * loading, error, empty and no-match states, so that no page can forget one. On a phone the rows are cards.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { id, list, columns, rowId, filters = [], bulk, height } = props;
  const { i18n } = useLingui();
  const phone = useMediaQuery(phoneQuery);
  const { visibility, toggle } = useColumns(id, columns);
  const model = useModel({ rows: list.rows, columns, rowId, visibility });
  const changed = useChanged(list.rows, rowId);
  const selected = model.table.getSelectedRowModel().rows.map((row) => row.original);

  // A bar of nothing but this choice, or over an empty list, says less than it takes room.
  const hasBar = Boolean(props.searchLabel || filters.length || props.actions);
  const isEmpty = list.status === "ready" && list.rows.length === 0 && !isNarrowed(list);
  const offers = hasBar && !isEmpty;
  const choices = columns.map((column) => ({
    id: column.id,
    label: i18n._(column.header),
    shown: visibility[column.id] ?? false,
  }));

  return (
    <Box
      sx={{
        bgcolor: "background.paper",
        border: `1px solid ${light.line}`,
        borderRadius: "12px",
        boxShadow: shadow.card,
        overflow: "hidden",
        display: "flex",
        flexDirection: "column",
        flex: { md: height ? undefined : 1 },
        minHeight: 0,
        height: { md: height },
      }}
    >
      {hasBar && (
        <Toolbar view={list.view} setView={list.setView} searchLabel={props.searchLabel} filters={filters}>
          {props.actions}
          {offers && <Offers list={list} columns={phone ? [] : choices} onToggle={toggle} />}
        </Toolbar>
      )}
      {bulk && selected.length > 0 && (
        <BulkBar rows={selected} actions={bulk} onClear={() => model.table.resetRowSelection(true)} />
      )}
      <Body {...props} phone={phone} model={model} changed={changed} />
    </Box>
  );
}

interface OffersProps<Row> extends ComponentProps<typeof ColumnMenu> {
  list: ListModel<Row>;
}

/** What every list with rows offers: itself as a file, and a choice of its columns. */
function Offers<Row>({ list, columns, onToggle }: OffersProps<Row>) {
  return (
    <>
      {list.saveAs && <ExportMenu saveAs={list.saveAs} />}
      {columns.length > 0 && <ColumnMenu columns={columns} onToggle={onToggle} />}
    </>
  );
}

interface BodyProps<Row extends object> extends DataTableProps<Row> {
  phone: boolean;
  model: ReturnType<typeof useModel<Row>>;
  changed: ReadonlySet<string>;
}

function Body<Row extends object>({ phone, model, changed, ...props }: BodyProps<Row>) {
  const { list } = props;
  if (list.status === "loading") return <SkeletonRows columns={phone ? 2 : model.shown.length} />;
  if (list.error) return <ListError error={list.error} onRetry={list.retry} />;
  if (list.rows.length === 0) return isNarrowed(list) ? <NoMatch list={list} /> : props.empty;
  const Rows = phone ? Cards<Row> : Grid<Row>;
  return <Rows {...props} model={model} changed={changed} />;
}

/** A query that cannot be read is the reader's to mend; anything else may be tried again. */
function ListError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const fault = queryFault(error);
  return fault ? <QueryMark fault={fault} /> : <ErrorState error={error} onRetry={onRetry} />;
}

function isNarrowed<Row>({ view }: ListModel<Row>): boolean {
  return view.q !== "" || Object.keys(view.filters).length > 0;
}

function NoMatch<Row>({ list }: { list: ListModel<Row> }) {
  const { t } = useLingui();
  const clear = (
    <Button variant="outlined" color="secondary" onClick={() => list.setView({ q: "", filters: {} })}>
      {t`Clear search and filters`}
    </Button>
  );
  return (
    <Box role="status">
      <EmptyState icon="search" title={t`Nothing matches`} action={clear}>
        {t`No row fits the search and the filters that are set.`}
      </EmptyState>
    </Box>
  );
}
