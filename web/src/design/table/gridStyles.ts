import { light, size, tint } from "../tokens";
import type { Column } from "./types";

const tickWidth = 52;

/** The column widths of head and rows alike. */
export function template<Row>(columns: Column<Row>[], selectable: boolean): string {
  const widths = columns.map((column) => `minmax(${column.width ?? 120}px, ${column.grow ?? 1}fr)`);
  return [...(selectable ? [`${tickWidth}px`] : []), ...widths].join(" ");
}

export const gridStyles = {
  flex: 1,
  minHeight: 160,
  overflow: "auto",
  "& [role=row]": { display: "grid", minWidth: "fit-content" },
  "& .head": {
    position: "sticky",
    top: 0,
    zIndex: 1,
    minWidth: "fit-content",
    bgcolor: light.header,
    borderBottom: `1px solid ${light.line}`,
  },
  "& [role=gridcell], & [role=columnheader]": {
    display: "flex",
    alignItems: "center",
    minWidth: 0,
    px: 1.5,
    fontSize: "0.875rem",
    "&:first-of-type": { pl: 2 },
    "&:last-of-type": { pr: 2 },
    "&:focus-visible": {
      outline: "2px solid",
      outlineColor: "primary.main",
      outlineOffset: -2,
      borderRadius: "4px",
    },
  },
  "& [role=columnheader]": {
    fontSize: "0.8125rem",
    fontWeight: 600,
    whiteSpace: "nowrap",
    color: "text.secondary",
    height: size.tableHead,
  },
  "& [role=gridcell] > span, & [role=gridcell] > a": {
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  "& .tick": { p: "0 0 0 4px !important", justifyContent: "center" },
  "& .tick > span": { overflow: "visible !important" },
  "& .end": { justifyContent: "flex-end", textAlign: "right" },
  "& .body-row": {
    position: "absolute",
    insetInline: 0,
    top: 0,
    height: size.row,
    borderBottom: `1px solid ${light.lineSoft}`,
    transition: "background-color 160ms",
  },
  "& .body-row:hover": { bgcolor: tint.hover },
  "& .body-row[aria-selected=true]": { bgcolor: tint.chosen },
  "& .body-row.opens": { cursor: "pointer" },
  "& .body-row.changed": { animation: "changed 2.4s ease-out" },
  "@keyframes changed": { from: { backgroundColor: tint.changed }, to: { backgroundColor: "transparent" } },
};
