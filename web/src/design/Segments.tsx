import { Box } from "@mui/material";
import { shadow, tint } from "./tokens";

interface SegmentsProps {
  /** What is chosen: "Period". */
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of a few, all in sight. */
export function Segments({ label, value, options, onChange }: SegmentsProps) {
  return (
    <Box
      role="group"
      aria-label={label}
      sx={{
        display: "inline-flex",
        flexShrink: 0,
        maxWidth: "100%",
        overflowX: "auto",
        p: "3px",
        gap: "2px",
        borderRadius: "8px",
        bgcolor: tint.track,
      }}
    >
      {options.map((option) => (
        <Box
          key={option.value}
          component="button"
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          sx={{
            px: 1.5,
            height: 32,
            border: 0,
            borderRadius: "6px",
            font: "inherit",
            fontSize: "0.8438rem",
            fontWeight: 600,
            whiteSpace: "nowrap",
            cursor: "pointer",
            color: "text.secondary",
            bgcolor: "transparent",
            "&:hover": { color: "text.primary" },
            "&[aria-pressed=true]": {
              color: "primary.main",
              bgcolor: "background.paper",
              boxShadow: shadow.card,
              outline: "1px solid var(--chip-line)",
            },
          }}
        >
          {option.label}
        </Box>
      ))}
    </Box>
  );
}
