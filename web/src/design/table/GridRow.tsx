import { useLingui } from "@lingui/react/macro";
import { Box, Checkbox } from "@mui/material";
import type { MouseEvent } from "react";
import { Anchor } from "@/lib/Anchor";
import { useGo } from "@/lib/navigation";
import { EditCell } from "./EditCell";
import type { Model } from "./model";
import type { Column, DataTableProps } from "./types";
import type { Place, useGridKeys } from "./useGridKeys";

type TableRow<Row extends object> = ReturnType<Model<Row>["table"]["getRowModel"]>["rows"][number];

interface GridRowProps<Row extends object> extends Omit<DataTableProps<Row>, "columns"> {
  model: Model<Row>;
  row: TableRow<Row>;
  index: number;
  start: number;
  template: string;
  keys: ReturnType<typeof useGridKeys>;
  changed: boolean;
  height: number;
  /** The column whose cell is being edited. */
  editing: number | undefined;
  onEdit: (place: Place) => void;
  onLeave: (place: Place, down: boolean) => void;
}

/**
 * A press on a button, a link or a tick box inside the row is theirs, and so is selecting text. What a cell opened
 * elsewhere on the page (a menu, a popover) reports its presses here too, although it does not lie in the row.
 */
function isForRow({ target, currentTarget }: MouseEvent): boolean {
  const pressed = target as HTMLElement;
  const theirs = !currentTarget.contains(pressed) || pressed.closest("a, button, input, label, .editable");
  return !theirs && !window.getSelection()?.toString();
}

export function GridRow<Row extends object>(props: GridRowProps<Row>) {
  const { model, row, index, start, template, keys, changed, rowHref, rowName, bulk } = props;
  const { t } = useLingui();
  const go = useGo();
  const selectable = bulk !== undefined;
  const href = rowHref?.(row.original);
  const name = rowName?.(row.original) ?? row.id;
  const place = (column: number) => ({
    "data-cell": `${index}:${column}`,
    "aria-colindex": column + 1,
    tabIndex: keys.tabIndex(index, column),
    onFocus: () => keys.setActive({ row: index, column }),
  });

  return (
    <Box
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selectable ? row.getIsSelected() : undefined}
      className={["body-row", href && "opens", changed && "changed"].filter(Boolean).join(" ")}
      onClick={(event) => href && isForRow(event) && go(href)}
      style={{ transform: `translateY(${start}px)`, gridTemplateColumns: template, height: props.height }}
    >
      {selectable && (
        <Box role="gridcell" className="tick" {...place(0)}>
          <Checkbox
            size="small"
            checked={row.getIsSelected()}
            onChange={row.getToggleSelectedHandler()}
            slotProps={{ input: { "aria-label": t`Select ${name}`, tabIndex: -1 } }}
          />
        </Box>
      )}
      {model.shown.map((column, position) => {
        const at = { row: index, column: position + Number(selectable) };
        return (
          <Box
            key={column.id}
            role="gridcell"
            className={[column.align === "right" && "end", column.edit && "editable"]
              .filter(Boolean)
              .join(" ")}
            data-editable={column.edit ? true : undefined}
            onDoubleClick={() => column.edit && props.onEdit(at)}
            {...place(at.column)}
          >
            {column.edit && props.editing === at.column ? (
              <EditCell edit={column.edit(row.original)} onLeave={(down) => props.onLeave(at, down)} />
            ) : (
              <Shown column={column} row={row.original} href={href} />
            )}
          </Box>
        );
      })}
    </Box>
  );
}

interface ShownProps<Row> {
  column: Column<Row>;
  row: Row;
  href: string | undefined;
}

/** What a cell shows; the row's name is its link. */
function Shown<Row>({ column, row, href }: ShownProps<Row>) {
  const shown = column.cell(row);
  if (!href || column.card !== "title") return shown;
  return (
    <Anchor href={href} tabIndex={-1} style={{ textDecoration: "none", minWidth: 0 }}>
      {shown}
    </Anchor>
  );
}
