import { useLingui } from "@lingui/react/macro";
import { percent } from "@/lib/format";

/** A change in per cent against the period before, as tiles show it. */
export function useTrend() {
  const { t } = useLingui();
  return (change: string | null) => {
    if (change === null) return undefined;
    const value = Number(change) / 100;
    const text = percent(Math.abs(value), 1);
    if (value === 0) return { text: t`as before`, tone: "neutral" } as const;
    return value > 0
      ? ({ text: t`${text} more`, tone: "good", direction: "up" } as const)
      : ({ text: t`${text} less`, tone: "bad", direction: "down" } as const);
  };
}
