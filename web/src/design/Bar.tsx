import { Box } from "@mui/material";
import { tint } from "./tokens";

interface BarProps {
  label: string;
  /** 0 to 1; left out, the bar says only that something is under way. */
  value?: number;
  height?: number;
}

/** A bar of progress, light enough for the first page. */
export function Bar({ label, value, height = 8 }: BarProps) {
  const known = value !== undefined;
  return (
    <Box
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.round(value * 100) : undefined}
      sx={{ height, borderRadius: "4px", overflow: "hidden", bgcolor: tint.track }}
    >
      <Box
        sx={{
          height: "100%",
          borderRadius: "4px",
          bgcolor: "primary.main",
          width: known ? `${value * 100}%` : "40%",
          transition: "width 1s linear",
          ...(!known && {
            animation: "onhand-bar 1.4s ease-in-out infinite",
            "@keyframes onhand-bar": {
              from: { transform: "translateX(-100%)" },
              to: { transform: "translateX(250%)" },
            },
          }),
        }}
      />
    </Box>
  );
}
