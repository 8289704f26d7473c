import { useLingui } from "@lingui/react/macro";
import { Box, Button, Typography } from "@mui/material";
import { type ReactNode, useId, useState } from "react";
import { Icon } from "../Icon";
import { light } from "../tokens";

export interface TableForm {
  columns: string[];
  rows: string[][];
}

interface FrameProps {
  title: string;
  units: string;
  legend?: { name: string; color: string; shape: "line" | "dash" | "area" | "box" }[];
  /** The same figures as a table, for who cannot or would not read a drawing. */
  table: TableForm;
  children: ReactNode;
}

/** What every chart has: a title, its units, a legend that does not rest on colour, and its table. */
export function Frame({ title, units, legend = [], table, children }: FrameProps) {
  const { t } = useLingui();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <Box component="figure" aria-labelledby={id} sx={{ m: 0, minWidth: 0 }}>
      <Box sx={{ display: "flex", alignItems: "flex-start", gap: 2, mb: 1 }}>
        <Box id={id} component="figcaption" sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h3" component="span" sx={{ display: "block" }}>
            {title}
          </Typography>
          <Typography variant="caption" component="span" color="textSecondary">
            {units}
          </Typography>
        </Box>
        <Button
          size="small"
          color="secondary"
          onClick={() => setAsTable(!asTable)}
          startIcon={<Icon name={asTable ? "chart" : "columns"} />}
        >
          {asTable ? t`Chart` : t`Table`}
        </Button>
      </Box>
      {!asTable && legend.length > 1 && (
        <Box sx={{ display: "flex", flexWrap: "wrap", columnGap: 2, rowGap: 0.5, mb: 1 }}>
          {legend.map((item) => (
            <LegendItem key={item.name} {...item} />
          ))}
        </Box>
      )}
      {asTable ? <FigureTable {...table} label={title} /> : children}
    </Box>
  );
}

function LegendItem({
  name,
  color,
  shape,
}: {
  name: string;
  color: string;
  shape: "line" | "dash" | "area" | "box";
}) {
  return (
    <Box
      sx={{
        display: "inline-flex",
        alignItems: "center",
        gap: 0.75,
        fontSize: "0.8125rem",
        color: "text.secondary",
      }}
    >
      <svg width="18" height="10" aria-hidden="true">
        {shape === "area" && <rect width="18" height="10" rx="2" fill={color} opacity="0.22" />}
        {shape === "box" && <rect x="4" width="10" height="10" rx="2" fill={color} />}
        {(shape === "line" || shape === "dash") && (
          <path
            d="M0 5H18"
            stroke={color}
            strokeWidth="2.5"
            strokeDasharray={shape === "dash" ? "4 3" : undefined}
          />
        )}
      </svg>
      {name}
    </Box>
  );
}

function FigureTable({ columns, rows, label }: TableForm & { label: string }) {
  return (
    <Box
      role="region"
      aria-label={label}
      tabIndex={0}
      sx={{ maxHeight: 300, overflow: "auto", border: `1px solid ${light.line}`, borderRadius: "8px" }}
    >
      <Box
        component="table"
        sx={{
          width: "100%",
          borderCollapse: "collapse",
          fontSize: "0.8125rem",
          fontVariantNumeric: "tabular-nums",
          "& th, & td": {
            px: 1.5,
            py: 0.75,
            textAlign: "right",
            borderBottom: `1px solid ${light.lineSoft}`,
          },
          "& th:first-of-type, & td:first-of-type": { textAlign: "left" },
          "& thead th": { position: "sticky", top: 0, bgcolor: light.header, fontWeight: 600 },
          "& tbody th": { fontWeight: 400 },
        }}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head, ...cells]) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              {cells.map((cell, index) => (
                <td key={columns[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}
