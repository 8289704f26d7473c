import { useLingui } from "@lingui/react/macro";
import { useChangeSearch, useSearchWords } from "@/lib/navigation";

const names = ["7d", "30d", "90d", "12m"] as const;
export type PeriodName = (typeof names)[number];

const usual: PeriodName = "30d";
const isName = (word: string | undefined): word is PeriodName => names.some((name) => name === word);

/** The one period that rules every figure of the page, kept in the address. */
export function usePeriod() {
  const { t } = useLingui();
  const change = useChangeSearch();
  const word = useSearchWords().period;
  const period: PeriodName = isName(word) ? word : usual;
  const labels: Record<PeriodName, string> = {
    "7d": t`7 days`,
    "30d": t`30 days`,
    "90d": t`90 days`,
    "12m": t`12 months`,
  };
  const options = names.map((value) => ({ value, label: labels[value] }));
  const setPeriod = (value: string) =>
    change({ period: value === usual ? undefined : value }, { replace: true });
  return { period, options, setPeriod };
}
