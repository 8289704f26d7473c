import { Box, Skeleton, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import { light, shadow, type Tone, tones } from "./tokens";

interface StatTileProps {
  label: string;
  value: ReactNode;
  /** The change against the period before, already worded: "+4 % on last month". */
  trend?: { text: string; tone: Tone; direction?: "up" | "down" };
  /** What must be known to read the figure honestly: "12 SKUs uncosted". */
  note?: ReactNode;
  /** A sparkline, drawn at the foot of the tile. */
  chart?: ReactNode;
  /** An Explain button for the figure. */
  explain?: ReactNode;
  loading?: boolean;
}

export function StatTile({ label, value, trend, note, chart, explain, loading }: StatTileProps) {
  return (
    <Box
      sx={{
        bgcolor: "background.paper",
        border: `1px solid ${light.line}`,
        borderRadius: "12px",
        boxShadow: shadow.card,
        px: 2.5,
        py: 2,
        minWidth: 0,
        display: "flex",
        flexDirection: "column",
        gap: 0.5,
      }}
    >
      <Box sx={{ display: "flex", alignItems: "center", gap: 0.5, minHeight: 26 }}>
        <Typography variant="caption" sx={{ fontWeight: 600, color: "text.secondary", flex: 1 }}>
          {label}
        </Typography>
        {explain}
      </Box>
      <Typography
        component="p"
        sx={{
          fontSize: "1.625rem",
          fontWeight: 650,
          lineHeight: 1.25,
          color: light.heading,
          fontVariantNumeric: "tabular-nums",
        }}
      >
        {loading ? <Skeleton width="60%" /> : value}
      </Typography>
      {(trend || note) && !loading && (
        <Box sx={{ display: "flex", flexWrap: "wrap", columnGap: 1.5, alignItems: "center" }}>
          {trend && <Trend {...trend} />}
          {note && (
            <Typography variant="caption" color="textSecondary">
              {note}
            </Typography>
          )}
        </Box>
      )}
      {chart && <Box sx={{ mt: 0.5 }}>{chart}</Box>}
    </Box>
  );
}

function Trend({ text, tone, direction }: { text: string; tone: Tone; direction?: "up" | "down" }) {
  return (
    <Typography
      variant="caption"
      sx={{
        color: tones[tone].text,
        fontWeight: 600,
        display: "inline-flex",
        alignItems: "center",
        gap: 0.25,
      }}
    >
      {direction && (
        <Icon name={direction === "up" ? "arrowUp" : "arrowDown"} sx={{ fontSize: 15, strokeWidth: 2.25 }} />
      )}
      {text}
    </Typography>
  );
}

/** A row of tiles: as many as fit, two abreast on a phone. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: "grid",
        gap: { xs: 1.5, md: 2 },
        gridTemplateColumns: {
          xs: "repeat(auto-fit, minmax(156px, 1fr))",
          md: "repeat(auto-fit, minmax(210px, 1fr))",
        },
        // Two abreast, an odd one out takes the whole row rather than leave a hole.
        "& > :last-child:nth-child(odd)": { gridColumn: { xs: "1 / -1", md: "auto" } },
      }}
    >
      {children}
    </Box>
  );
}
