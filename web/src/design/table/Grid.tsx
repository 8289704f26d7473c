import { useLingui } from "@lingui/react/macro";
import { Box, Checkbox } from "@mui/material";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type UIEvent, useCallback, useMemo, useRef, useState } from "react";
import { useGo } from "@/lib/navigation";
import { light, size } from "../tokens";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { gridStyles, template } from "./gridStyles";
import type { Model } from "./model";
import { TableFoot } from "./TableFoot";
import type { DataTableProps } from "./types";
import type { Density } from "./useColumns";
import { type Place, useGridKeys } from "./useGridKeys";

interface GridProps<Row extends object> extends DataTableProps<Row> {
  model: Model<Row>;
  changed: ReadonlySet<string>;
  density: Density;
}

/** How near the end, in pixels, the next page is asked for. */
const loadAhead = 600;

/** The list on a wide screen: an ARIA grid with one tab stop, its rows drawn only where they are seen. */
export function Grid<Row extends object>(props: GridProps<Row>) {
  const { label, list, model, bulk, rowHref, density } = props;
  const { t } = useLingui();
  const go = useGo();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = model.table.getRowModel().rows;
  const selectable = bulk !== undefined;
  const columns = model.shown.length + Number(selectable);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size.rows[density],
    getItemKey: (index) => `${density}-${index}`,
    overscan: 8,
    scrollPaddingStart: size.tableHead,
  });
  const reveal = useCallback((row: number) => virtual.scrollToIndex(row), [virtual]);
  const openRow = (row: number) => {
    const found = rows[row];
    if (found && rowHref) go(rowHref(found.original));
  };
  const toggleRow = (row: number) => selectable && rows[row]?.toggleSelected();
  const keys = useGridKeys({
    rows: rows.length,
    columns,
    scroller,
    reveal,
    toggleRow,
    openRow,
    edit: (place) => setEditing(place),
  });
  const [editing, setEditing] = useState<Place | null>(null);
  const leave = ({ row, column }: Place, down: boolean) => {
    setEditing(null);
    keys.focus({ row: down ? Math.min(row + 1, rows.length - 1) : row, column });
  };
  const grid = useMemo(() => template(model.shown, selectable), [model.shown, selectable]);

  const onScroll = ({ currentTarget: box }: UIEvent<HTMLElement>) => {
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (left < loadAhead && list.hasMore && !list.loadingMore) list.loadMore();
  };
  const tickAll = selectable && (
    <Checkbox
      size="small"
      checked={model.table.getIsAllRowsSelected()}
      indeterminate={!model.table.getIsAllRowsSelected() && model.table.getIsSomeRowsSelected()}
      onChange={model.table.getToggleAllRowsSelectedHandler()}
      slotProps={{ input: { "aria-label": t`Select all loaded rows`, tabIndex: -1 } }}
    />
  );

  return (
    <>
      <Box
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={list.hasMore ? -1 : rows.length + 1}
        aria-colcount={columns}
        aria-multiselectable={selectable || undefined}
        onKeyDown={keys.onKeyDown}
        onScroll={onScroll}
        sx={gridStyles}
      >
        <Box role="rowgroup" className="head">
          <GridHead
            columns={model.shown}
            view={list.view}
            setView={list.setView}
            template={grid}
            keys={keys}
            tickAll={tickAll}
          />
        </Box>
        <Box
          role="rowgroup"
          sx={{ position: "relative", height: virtual.getTotalSize(), minWidth: "fit-content" }}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row ? (
              <GridRow
                key={row.id}
                {...props}
                row={row}
                index={item.index}
                start={item.start}
                template={grid}
                keys={keys}
                height={size.rows[density]}
                editing={editing?.row === item.index ? editing.column : undefined}
                onEdit={setEditing}
                onLeave={leave}
                changed={props.changed.has(row.id)}
              />
            ) : null;
          })}
        </Box>
      </Box>
      <Box sx={{ borderTop: `1px solid ${light.lineSoft}` }}>
        <TableFoot list={list} />
      </Box>
    </>
  );
}
