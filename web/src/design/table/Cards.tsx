import { useLingui } from "@lingui/react/macro";
import { Box, Checkbox } from "@mui/material";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Anchor } from "@/lib/Anchor";
import { light, tint } from "../tokens";
import type { Model } from "./model";
import { TableFoot } from "./TableFoot";
import type { CardPlace, Column, DataTableProps } from "./types";

interface CardsProps<Row extends object> extends DataTableProps<Row> {
  model: Model<Row>;
  changed: ReadonlySet<string>;
}

const estimate = 96;

/** The list on a phone: one card per row, scrolling with the page. */
export function Cards<Row extends object>(props: CardsProps<Row>) {
  const { label, list, model, changed } = props;
  const holder = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const rows = model.table.getRowModel().rows;
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => estimate,
    overscan: 6,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useLayoutEffect(() => setTop(holder.current?.offsetTop ?? 0), []);
  useEffect(() => {
    if (last >= rows.length - 5 && list.hasMore && !list.loadingMore) list.loadMore();
  }, [last, rows.length, list]);

  return (
    <>
      <Box
        ref={holder}
        role="list"
        aria-label={label}
        sx={{ position: "relative", height: virtual.getTotalSize() }}
      >
        {items.map((item) => {
          const row = rows[item.index];
          return row ? (
            <Box
              key={row.id}
              role="listitem"
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={list.hasMore ? -1 : rows.length}
              aria-posinset={item.index + 1}
              className={changed.has(row.id) ? "changed" : undefined}
              style={{ transform: `translateY(${item.start - top}px)` }}
              sx={{
                position: "absolute",
                insetInline: 0,
                top: 0,
                borderBottom: `1px solid ${light.lineSoft}`,
                "&.changed": { animation: "changed 2.4s ease-out" },
                "@keyframes changed": { from: { backgroundColor: tint.changed } },
              }}
            >
              <RowCard
                {...props}
                row={row.original}
                selected={row.getIsSelected()}
                onSelect={row.getToggleSelectedHandler()}
              />
            </Box>
          ) : null;
        })}
      </Box>
      <TableFoot list={list} />
    </>
  );
}

interface RowCardProps<Row extends object> extends CardsProps<Row> {
  row: Row;
  selected: boolean;
  onSelect: (event: unknown) => void;
}

const cover = { flex: 1, minWidth: 0, "& a::after": { content: '""', position: "absolute", inset: 0 } };

function RowCard<Row extends object>(props: RowCardProps<Row>) {
  const { row, columns, rowHref, rowName, bulk, selected, onSelect } = props;
  const { t } = useLingui();
  const at = (place: CardPlace): Column<Row>[] =>
    columns.filter((column) => (column.card ?? "line") === place);
  const name = rowName?.(row) ?? "";
  const title = at("title").map((column) => <div key={column.id}>{column.cell(row)}</div>);
  return (
    <Box
      sx={{
        position: "relative",
        display: "flex",
        px: 2,
        py: 1.5,
        gap: 1,
        bgcolor: selected ? tint.chosen : undefined,
      }}
    >
      {bulk && (
        <Checkbox
          size="small"
          checked={selected}
          onChange={onSelect}
          slotProps={{ input: { "aria-label": t`Select ${name}` } }}
          sx={{ zIndex: 1, alignSelf: "flex-start", ml: -1, mt: -0.75 }}
        />
      )}
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ display: "flex", gap: 1.5, alignItems: "flex-start" }}>
          <Box sx={cover}>
            {rowHref ? (
              <Anchor href={rowHref(row)} style={{ textDecoration: "none", color: "inherit" }}>
                {title}
              </Anchor>
            ) : (
              title
            )}
            {at("lead").map((column) => (
              <Box key={column.id} sx={{ color: "text.secondary", fontSize: "0.8125rem" }}>
                {column.cell(row)}
              </Box>
            ))}
          </Box>
          <Trail columns={at("trail")} row={row} />
        </Box>
        <Lines columns={at("line").filter((column) => !column.optional)} row={row} />
      </Box>
    </Box>
  );
}

interface PartProps<Row> {
  columns: Column<Row>[];
  row: Row;
}

/** What stands at the end of a card: its state, its figure, its menu. */
function Trail<Row>({ columns, row }: PartProps<Row>) {
  const { i18n } = useLingui();
  return (
    <Box
      sx={{
        display: "flex",
        alignItems: "flex-start",
        gap: 0.5,
        flexShrink: 0,
        position: "relative",
        zIndex: 1,
      }}
    >
      {columns.map((column) => (
        <Box key={column.id} sx={{ textAlign: "right" }}>
          {column.cell(row)}
          {column.align && !column.hideHeader && (
            <Box sx={{ fontSize: "0.75rem", color: "text.secondary" }}>{i18n._(column.header)}</Box>
          )}
        </Box>
      ))}
    </Box>
  );
}

/** The other values with their names, as many abreast as fit. */
function Lines<Row>({ columns, row }: PartProps<Row>) {
  const { i18n } = useLingui();
  if (!columns.length) return null;
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        mt: 0.75,
        display: "flex",
        flexWrap: "wrap",
        columnGap: 2,
        rowGap: 0.5,
        fontSize: "0.8125rem",
        // A card names only what is known.
        "& > div:has([data-missing])": { display: "none" },
      }}
    >
      {columns.map((column) => (
        <Box key={column.id} sx={{ display: "flex", gap: 0.5, minWidth: 0 }}>
          <Box component="dt" sx={column.hideHeader ? unseen : { color: "text.secondary" }}>
            {i18n._(column.header)}
          </Box>
          <Box component="dd" sx={{ m: 0, minWidth: 0, position: "relative", zIndex: 1 }}>
            {column.cell(row)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

const unseen = {
  position: "absolute",
  width: "1px",
  height: "1px",
  overflow: "hidden",
  clip: "rect(0 0 0 0)",
};
