import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { page } from "@/api";
import { LineChart } from "@/design/chart";
import { dayMonth, quantity } from "@/lib/format";

const most = 250;

function useHistory(currency: string) {
  return useQuery({
    queryKey: ["rates", "history", currency],
    queryFn: () =>
      page("/api/v1/exchange-rates", { "filter[currency]": currency, sort: "-day", limit: most }),
    enabled: currency !== "",
  });
}

/** How a currency went; a rate by hand goes before a fetched one of the day. */
export function RateChart({ currency, own }: { currency: string; own: string }) {
  const { t } = useLingui();
  const { data: history } = useHistory(currency);
  const byDay = new Map<string, string>();
  for (const row of history?.data ?? []) {
    if (row.manual || !byDay.has(row.day)) byDay.set(row.day, row.rate);
  }
  const points = [...byDay]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([day, rate]) => ({ label: dayMonth(`${day}T12:00:00Z`), value: Number(rate) }));
  if (points.length < 2) return <>{t`One rate of ${currency} is known so far.`}</>;
  return (
    <LineChart
      title={t`Rate of ${currency}`}
      units={t`${own} for one ${currency}`}
      format={(value) => quantity(value.toFixed(4))}
      lines={[{ name: currency, points }]}
      height={220}
    />
  );
}
