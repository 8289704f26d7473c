import { useLingui } from "@lingui/react/macro";
import { Box, TableSortLabel } from "@mui/material";
import type { MouseEvent, ReactNode } from "react";
import { directionOf, toggled } from "@/lib/sort";
import { ScreenReaderOnly } from "../cells";
import type { Column, View } from "./types";
import type { useGridKeys } from "./useGridKeys";

interface GridHeadProps<Row> {
  columns: Column<Row>[];
  view: View;
  setView: (change: Partial<View>) => void;
  template: string;
  keys: ReturnType<typeof useGridKeys>;
  tickAll: ReactNode;
}

export function GridHead<Row>({ columns, view, setView, template, keys, tickAll }: GridHeadProps<Row>) {
  const first = Number(Boolean(tickAll));
  const place = (column: number) => ({
    "data-cell": `-1:${column}`,
    "aria-colindex": column + 1,
    tabIndex: keys.tabIndex(-1, column),
    onFocus: () => keys.setActive({ row: -1, column }),
  });
  return (
    <Box role="row" aria-rowindex={1} sx={{ gridTemplateColumns: template }}>
      {tickAll && (
        <Box role="columnheader" className="tick" {...place(0)}>
          {tickAll}
        </Box>
      )}
      {columns.map((column, index) => (
        <HeadCell
          key={column.id}
          column={column}
          view={view}
          setView={setView}
          place={place(index + first)}
        />
      ))}
    </Box>
  );
}

interface HeadCellProps<Row> {
  column: Column<Row>;
  view: View;
  setView: (change: Partial<View>) => void;
  place: Record<string, unknown>;
}

const spoken = { asc: "ascending", desc: "descending" } as const;

function HeadCell<Row>({ column, view, setView, place }: HeadCellProps<Row>) {
  const { i18n } = useLingui();
  const { sort } = column;
  const direction = sort ? directionOf(view.sort, sort) : undefined;
  const press = (event: MouseEvent) => sort && setView({ sort: toggled(view.sort, sort, event.shiftKey) });
  return (
    <Box
      role="columnheader"
      aria-sort={direction ? spoken[direction] : undefined}
      className={column.align === "right" ? "end" : undefined}
      {...place}
    >
      {sort ? (
        <TableSortLabel
          component="button"
          type="button"
          tabIndex={-1}
          active={direction !== undefined}
          direction={direction ?? "asc"}
          onClick={press}
          sx={{
            border: 0,
            p: 0,
            bgcolor: "transparent",
            font: "inherit",
            color: "inherit",
            flexDirection: column.align === "right" ? "row-reverse" : undefined,
          }}
        >
          {i18n._(column.header)}
        </TableSortLabel>
      ) : (
        <PlainHead hidden={column.hideHeader}>{i18n._(column.header)}</PlainHead>
      )}
    </Box>
  );
}

function PlainHead({ hidden, children }: { hidden?: boolean; children: string }) {
  return hidden ? <ScreenReaderOnly>{children}</ScreenReaderOnly> : children;
}
