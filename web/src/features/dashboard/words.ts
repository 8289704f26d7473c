import { useLingui } from "@lingui/react/macro";
import type { Channel } from "@/features/channels";
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

/** What a channel's code in a figure is called. */
export function useChannelName(channels: Channel[]): (code: string | null) => string {
  const { t } = useLingui();
  const names = new Map(channels.map((one) => [one.code, one.name]));
  const own: Record<string, string> = { manual: t`By hand`, import: t`Imported`, "": t`By hand` };
  return (code) => names.get(code ?? "") ?? own[code ?? ""] ?? code ?? "";
}
