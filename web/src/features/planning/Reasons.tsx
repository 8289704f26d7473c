import { useLingui } from "@lingui/react/macro";
import { Explain } from "@/design";
import { quantity } from "@/lib/format";
import type { Suggestion } from "./queries";
import { useReasons, useStepNames } from "./words";

/** Every number behind a suggestion, each with its formula. */
export function Reasons({ row }: { row: Suggestion }) {
  const { t } = useLingui();
  const names = useStepNames();
  const reasons = useReasons();
  const manual = row.manual_point !== null;
  const rows = row.why.map((step) => ({
    label: `${names[step.name] ?? step.name}: ${step.formula}`,
    value: quantity(step.value),
    strong: step.name === "quantity",
  }));
  const byHand = { label: t`Reorder point set by hand`, value: quantity(row.manual_point ?? 0) };
  return (
    <Explain
      label={t`Order for ${row.sku}`}
      formula={t`fill-up level − (available + incoming), in whole packs`}
      rows={manual ? [byHand, ...rows] : rows}
      note={reasons[row.reason] ?? row.reason}
    />
  );
}
