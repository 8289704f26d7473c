import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Card, ErrorState, LinesSkeleton, Segments } from "@/design";
import { LineChart } from "@/design/chart";
import { dayMonth, quantity } from "@/lib/format";
import { type DemandDay, demandQuery, type Forecast } from "./queries";

/** What was sold, and from today on what is expected, with the range in which 90 of 100 days should stay. */
export function ForecastChart({ forecast }: { forecast: Forecast }) {
  const { t } = useLingui();
  const [days, setDays] = useState("91");
  const {
    data: demand,
    error,
    refetch,
  } = useQuery(demandQuery(forecast.sku, forecast.warehouse, Number(days)));
  const spans = [
    { value: "28", label: t`4 weeks` },
    { value: "91", label: t`3 months` },
    { value: "365", label: t`A year` },
  ];
  return (
    <Card
      lead={t`Days out of stock are left open: what would have sold is not known, so it is not counted as zero.`}
      actions={<Segments label={t`History`} value={days} onChange={setDays} options={spans} />}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!(error || demand) && <LinesSkeleton lines={6} />}
      {demand && <Drawn past={demand.days} forecast={forecast} />}
    </Card>
  );
}

function Drawn({ past, forecast }: { past: DemandDay[]; forecast: Forecast }) {
  const { t } = useLingui();
  const before = past.map(() => null);
  const ahead = forecast.points;
  const label = (date: string) => dayMonth(`${date}T12:00:00Z`);
  const labels = [...past.map((day) => label(day.date)), ...ahead.map((point) => label(point.date))];
  const points = (values: (number | null)[]) =>
    labels.map((text, index) => ({ label: text, value: values[index] ?? null }));
  const sold = past.map((day) => (day.missing || day.closed ? null : Number(day.net)));
  return (
    <LineChart
      title={t`Sold and expected`}
      units={t`pieces a day`}
      format={(value) => quantity(value.toFixed(2))}
      height={300}
      lines={[
        { name: t`Sold`, points: points([...sold, ...ahead.map(() => null)]) },
        { name: t`Expected`, points: points([...before, ...ahead.map((p) => Number(p.mean))]), dashed: true },
      ]}
      band={{
        name: t`9 days in 10 stay below`,
        low: [...before, ...ahead.map(() => 0)],
        high: [...before, ...ahead.map((p) => Number(p.p90))],
      }}
      divide={{ at: past.length, label: t`Forecast` }}
    />
  );
}
