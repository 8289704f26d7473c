import { Box } from "@mui/material";
import { chipLine, type Tone, tones } from "./tokens";

/** A shape per tone, so that a state is told by form and word and never by colour alone. */
const shapes: Record<Tone, string> = {
  neutral: "M6 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8m0 1.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5",
  info: "M6 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
  good: "M2 6.3 3.2 5l1.9 1.9L8.9 3l1.2 1.2-5 5z",
  warn: "M6 1.5 11 10.5H1z",
  bad: "M3.2 2 6 4.8 8.8 2 10 3.2 7.2 6 10 8.8 8.8 10 6 7.2 3.2 10 2 8.8 4.8 6 2 3.2z",
  busy: "M6 2a4 4 0 0 1 4 4H8.5A2.5 2.5 0 1 0 6 8.5V10a4 4 0 0 1 0-8",
};

interface StatusChipProps {
  label: string;
  tone?: Tone;
}

export function StatusChip({ label, tone = "neutral" }: StatusChipProps) {
  const { text, tint, solid } = tones[tone];
  return (
    <Box
      component="span"
      sx={{
        display: "inline-flex",
        alignItems: "center",
        gap: 0.75,
        maxWidth: "100%",
        px: 1,
        height: 24,
        borderRadius: "12px",
        bgcolor: tint,
        border: chipLine,
        color: text,
        fontSize: "0.8125rem",
        fontWeight: 600,
        whiteSpace: "nowrap",
      }}
    >
      <Box
        component="svg"
        viewBox="0 0 12 12"
        aria-hidden
        sx={{ width: 10, height: 10, flexShrink: 0, fill: solid }}
      >
        <path d={shapes[tone]} />
      </Box>
      <Box component="span" sx={{ overflow: "hidden", textOverflow: "ellipsis" }}>
        {label}
      </Box>
    </Box>
  );
}
