import { Box, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { compare, sign } from "@/lib/decimal";
import { ago, date, dateTime, delta, money, quantity } from "@/lib/format";
import { light, mono, tones } from "./tokens";

type Decimal = string | null | undefined;

/** What is not known is a dash, never a zero. */
export function Missing() {
  return (
    <Box component="span" data-missing sx={{ color: "text.secondary" }}>
      –
    </Box>
  );
}

const figures = { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" } as const;

export function Money({ value, currency }: { value: Decimal; currency?: string | null }) {
  if (value === null || value === undefined) return <Missing />;
  return (
    <Box component="span" sx={figures}>
      {money(value, currency ?? undefined)}
    </Box>
  );
}

interface QuantityProps {
  value: Decimal;
  /** At or below this the figure is marked as low, by weight and by a word for screen readers. */
  low?: Decimal;
  lowLabel?: string;
  quietZero?: boolean;
}

export function Quantity({ value, low, lowLabel, quietZero }: QuantityProps) {
  if (value === null || value === undefined) return <Missing />;
  const isLow = low !== null && low !== undefined && compare(value, low) <= 0;
  const quiet = quietZero && sign(value) === 0;
  return (
    <Box
      component="span"
      title={isLow ? lowLabel : undefined}
      sx={{
        ...figures,
        ...(quiet && { color: light.outline }),
        ...(isLow && { color: tones.bad.text, fontWeight: 700 }),
      }}
    >
      {quantity(value)}
      {isLow && lowLabel && <ScreenReaderOnly>{` (${lowLabel})`}</ScreenReaderOnly>}
    </Box>
  );
}

/** A signed change: green up, red down, and always with its sign. */
export function Delta({ value }: { value: Decimal }) {
  if (value === null || value === undefined) return <Missing />;
  const color = { "-1": tones.bad.text, "0": "text.secondary", "1": tones.good.text }[`${sign(value)}`];
  return (
    <Box component="span" sx={{ ...figures, fontWeight: 600, color }}>
      {delta(value)}
    </Box>
  );
}

export function Code({ children }: { children: ReactNode }) {
  return (
    <Box component="span" sx={{ fontFamily: mono, fontSize: "0.92em", letterSpacing: "-0.01em" }}>
      {children}
    </Box>
  );
}

export function DateTime({ value, relative }: { value: string | null | undefined; relative?: boolean }) {
  if (!value) return <Missing />;
  return (
    <Box component="time" dateTime={value} title={dateTime(value)} sx={figures}>
      {relative ? ago(value) : dateTime(value)}
    </Box>
  );
}

export function Day({ value }: { value: string | null | undefined }) {
  if (!value) return <Missing />;
  return (
    <Box component="time" dateTime={value} sx={figures}>
      {date(value)}
    </Box>
  );
}

/** Two lines: what it is called, and the code below it. */
export function Named({ name, code }: { name: ReactNode; code?: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0, lineHeight: 1.3 }}>
      <Typography variant="body2" component="div" noWrap sx={{ fontWeight: 600 }}>
        {name}
      </Typography>
      {code && (
        <Typography variant="caption" component="div" noWrap color="textSecondary">
          {code}
        </Typography>
      )}
    </Box>
  );
}

export function ScreenReaderOnly({ children }: { children: ReactNode }) {
  return (
    <Box
      component="span"
      sx={{
        position: "absolute",
        width: 1,
        height: 1,
        overflow: "hidden",
        clip: "rect(0 0 0 0)",
        whiteSpace: "nowrap",
      }}
      style={{ width: 1, height: 1 }}
    >
      {children}
    </Box>
  );
}
