import { useLingui } from "@lingui/react/macro";
import { StatusChip, type Tone } from "@/design";

/** How a SKU sells, in words that need no book. */
export function useDemandClasses(): Record<string, { label: string; tone: Tone }> {
  const { t } = useLingui();
  return {
    smooth: { label: t`Steady`, tone: "good" },
    erratic: { label: t`Swings`, tone: "info" },
    intermittent: { label: t`Now and then`, tone: "neutral" },
    lumpy: { label: t`Rare bursts`, tone: "warn" },
    sparse: { label: t`Hardly ever`, tone: "neutral" },
  };
}

export function DemandClass({ name }: { name: string }) {
  const known = useDemandClasses()[name];
  return <StatusChip label={known?.label ?? name} tone={known?.tone ?? "neutral"} />;
}

/** The forecasting methods by the names that people may have met. */
export function useAlgorithms(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "blend", label: t`Blend (what backtests best)` },
    { value: "level", label: t`Level and weekdays` },
    { value: "robust_level", label: t`Level without outliers` },
    { value: "tsb", label: t`TSB, for demand that dies out` },
    { value: "window_average", label: t`Window average` },
    { value: "seasonal_naive", label: t`Repeat last week` },
  ];
}

/** The steps of a reorder suggestion, in words. */
export function useStepNames(): Record<string, string> {
  const { t } = useLingui();
  return {
    cover: t`Must last`,
    expected: t`Demand`,
    point: t`Reorder point`,
    safety_stock: t`Safety stock`,
    up_to: t`Fill up to`,
    position: t`There and on its way`,
    quantity: t`To order`,
  };
}

/** Why something is, or is not, to be ordered. */
export function useReasons(): Record<string, string> {
  const { t } = useLingui();
  return {
    order: t`What is there and on its way has reached the reorder point.`,
    enough: t`There is enough, with what is on its way.`,
    no_history: t`Too few sales yet to order by themselves. Set a point by hand to order anyway.`,
    no_demand: t`Nothing is expected to sell, so nothing is ordered.`,
    inactive: t`Reordering is switched off here.`,
  };
}

/** How a forecast did against repeating last week. */
export function useVerdicts(): Record<string, string> {
  const { t } = useLingui();
  return {
    better: t`Better than repeating last week`,
    worse: t`Last week's sales would have done better`,
    naive: t`Repeating last week does best here, so that is what is used`,
    untested: t`Too little history to test it`,
  };
}
