import { Box, useMediaQuery } from "@mui/material";
import type { ReactNode } from "react";
import { light, phoneQuery } from "./tokens";

export interface SimpleColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: "right";
  width?: number | string;
}

interface SimpleTableProps<Row> {
  label: string;
  columns: SimpleColumn<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** Rows under a rule: totals. */
  foot?: { label: string; value: ReactNode; strong?: boolean }[];
}

/** A short table that belongs to a page and is always whole: an order's lines. On a phone its rows are blocks. */
export function SimpleTable<Row>(props: SimpleTableProps<Row>) {
  return useMediaQuery(phoneQuery) ? <Blocks {...props} /> : <WideTable {...props} />;
}

function WideTable<Row>({ label, columns, rows, rowId, foot }: SimpleTableProps<Row>) {
  return (
    // A table may be wider than a phone: then it scrolls by itself, by keyboard too.
    <Box role="region" aria-label={label} tabIndex={0} sx={{ overflowX: "auto" }}>
      <Box
        component="table"
        sx={{
          width: "100%",
          borderCollapse: "collapse",
          fontSize: "0.875rem",
          fontVariantNumeric: "tabular-nums",
          "& th, & td": { px: 1.5, py: 1.25, textAlign: "left", verticalAlign: "top" },
          "& th:first-of-type, & td:first-of-type": { pl: 2.5 },
          "& th:last-of-type, & td:last-of-type": { pr: 2.5 },
          "& .end": { textAlign: "right" },
          "& thead th": {
            fontSize: "0.8125rem",
            fontWeight: 600,
            color: "text.secondary",
            bgcolor: light.header,
            whiteSpace: "nowrap",
          },
          "& tbody td": { borderTop: `1px solid ${light.lineSoft}` },
          "& tfoot td, & tfoot th": { py: 0.5, fontWeight: 400 },
          "& tfoot tr:first-of-type > *": { borderTop: `1px solid ${light.line}`, pt: 1.5 },
          "& tfoot tr:last-of-type > *": { pb: 2 },
        }}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.align && "end"}
                style={{ width: column.width }}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowId(row)}>
              {columns.map((column) => (
                <td key={column.id} className={column.align && "end"}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            {foot.map((line) => (
              <tr key={line.label} style={{ fontWeight: line.strong ? 700 : 400 }}>
                <Box
                  component="th"
                  scope="row"
                  colSpan={columns.length - 1}
                  className="end"
                  sx={{ fontWeight: line.strong ? "700 !important" : undefined }}
                >
                  {line.label}
                </Box>
                <td className="end">{line.value}</td>
              </tr>
            ))}
          </tfoot>
        )}
      </Box>
    </Box>
  );
}

function Blocks<Row>({ label, columns, rows, rowId, foot = [] }: SimpleTableProps<Row>) {
  const [first, ...rest] = columns;
  return (
    <Box>
      <Box component="ul" aria-label={label} sx={{ listStyle: "none", m: 0, p: 0 }}>
        {rows.map((row) => (
          <Box
            component="li"
            key={rowId(row)}
            sx={{ px: 2.5, py: 1.5, borderTop: `1px solid ${light.lineSoft}` }}
          >
            {first?.cell(row)}
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
              }}
            >
              {rest.map((column) => (
                <Box key={column.id} sx={{ display: "flex", gap: 0.5 }}>
                  <Box component="dt" sx={{ color: "text.secondary" }}>
                    {column.header}
                  </Box>
                  <Box component="dd" sx={{ m: 0 }}>
                    {column.cell(row)}
                  </Box>
                </Box>
              ))}
            </Box>
          </Box>
        ))}
      </Box>
      {foot.length > 0 && (
        <Box
          component="dl"
          sx={{
            m: 0,
            px: 2.5,
            py: 1.5,
            borderTop: `1px solid ${light.line}`,
            display: "grid",
            gap: 0.5,
            fontSize: "0.875rem",
          }}
        >
          {foot.map((line) => (
            <Box key={line.label} sx={{ display: "flex", fontWeight: line.strong ? 700 : 400 }}>
              <Box component="dt" sx={{ flex: 1 }}>
                {line.label}
              </Box>
              <Box component="dd" sx={{ m: 0 }}>
                {line.value}
              </Box>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
}
