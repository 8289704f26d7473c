import { Box } from "@mui/material";
import { light, shadow } from "../tokens";

export interface TooltipLine {
  name: string;
  value: string;
  color?: string;
}

interface TooltipProps {
  x: number;
  width: number;
  title: string;
  lines: TooltipLine[];
}

const tipWidth = 190;

/** Follows the chosen point; also read aloud, since it is where the keyboard's choice is told. */
export function ChartTooltip({ x, width, title, lines }: TooltipProps) {
  const left = Math.max(
    0,
    Math.min(width - tipWidth, x + 14 + tipWidth > width ? x - tipWidth - 14 : x + 14),
  );
  return (
    <Box
      role="status"
      sx={{
        position: "absolute",
        top: 4,
        left,
        width: tipWidth,
        pointerEvents: "none",
        bgcolor: "background.paper",
        border: `1px solid ${light.line}`,
        borderRadius: "8px",
        boxShadow: shadow.raised,
        px: 1.5,
        py: 1,
        fontSize: "0.8125rem",
        zIndex: 2,
      }}
    >
      <Box sx={{ fontWeight: 600, mb: 0.5 }}>{title}</Box>
      {lines.map((line) => (
        <Box key={line.name} sx={{ display: "flex", gap: 1, alignItems: "center" }}>
          <Box
            component="span"
            aria-hidden
            sx={{ width: 10, height: 3, borderRadius: 1, bgcolor: line.color ?? "transparent" }}
          />
          <Box component="span" sx={{ flex: 1, color: "text.secondary" }}>
            {line.name}
          </Box>
          <Box component="span" sx={{ fontVariantNumeric: "tabular-nums", fontWeight: 600 }}>
            {line.value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
