import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { Explain, Money } from "@/design";
import { date, money, quantity } from "@/lib/format";
import type { CostLine, Use } from "./queries";
import { useKinds } from "./words";

/** A line's cost, and a button that opens the receipts, rates, landed costs and corrections behind it. */
export function CostExplain({ line }: { line: CostLine }) {
  const { t } = useLingui();
  const kinds = useKinds();
  const told = useUse();
  const corrections = line.corrections.map((one) => ({
    label: `${kinds.find(({ value }) => value === one.kind)?.label ?? one.kind} ${one.document ?? ""}`.trim(),
    value: money(one.value),
  }));
  const uses = line.uses.map((use) => ({ label: told(use), value: use.value ? money(use.value) : "–" }));
  return (
    <Box component="span" sx={{ display: "inline-flex", alignItems: "center" }}>
      <Explain
        label={t`Cost of ${line.sku}`}
        formula={t`units of each receipt × what one of them cost + corrections`}
        rows={[...uses, ...corrections, { label: t`Cost`, value: money(line.cost), strong: true }]}
        note={
          Number(line.uncosted) > 0
            ? t`Of ${quantity(line.uncosted)} units nobody knows the cost.`
            : undefined
        }
      />
      <Money value={line.cost} />
    </Box>
  );
}

/** What was taken of one receipt, in a sentence. */
function useUse(): (use: Use) => string {
  const { t } = useLingui();
  return (use) => {
    const units = quantity(use.quantity);
    const from = use.document ?? date(use.received_at);
    const what = use.pooled ? t`${units} of the average` : t`${units} of ${from}`;
    const landed = use.landed ? t`landed ${money(use.landed)} each` : "";
    const carried = use.carried ? t`carried here` : "";
    return [what, paid(use), landed, carried].filter(Boolean).join(", ");
  };
}

/** What one unit was paid with, where that was another currency. */
function paid({ source_cost, source_currency, rate }: Use): string {
  if (!source_cost || !source_currency || !rate) return "";
  return `${money(source_cost, source_currency)} × ${quantity(rate)}`;
}
