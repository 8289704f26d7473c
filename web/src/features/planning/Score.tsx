import { useLingui } from "@lingui/react/macro";
import { Explain, StatRow, StatTile } from "@/design";
import { percent, quantity } from "@/lib/format";
import type { Forecast } from "./queries";
import { useVerdicts } from "./words";

/** A forecast says nothing beyond a tenth of a piece. */
const pieces = (value: string) => quantity(Number(value).toFixed(1));
const figure = (value: number | null) => (value === null ? "–" : quantity(value.toFixed(3)));

/** The sums that buying needs, and how the forecast did on weeks that it had not seen. */
export function Score({ forecast }: { forecast: Forecast }) {
  const { t } = useLingui();
  const { accuracy, total } = forecast;
  const days = total.days;
  return (
    <StatRow>
      <StatTile label={t`Expected over ${days} days`} value={pieces(total.mean)} note={t`pieces`} />
      <StatTile
        label={t`Enough in 95 of 100 cases`}
        value={pieces(total.p95)}
        note={t`pieces over ${days} days`}
        explain={
          <Explain
            label={t`Enough in 95 of 100 cases`}
            formula={t`the 95 % quantile of the sum over ${days} days`}
            rows={[
              { label: t`Half of all cases`, value: pieces(total.p50) },
              { label: t`80 of 100`, value: pieces(total.p80) },
              { label: t`90 of 100`, value: pieces(total.p90) },
              { label: t`95 of 100`, value: pieces(total.p95), strong: true },
              { label: t`98 of 100`, value: pieces(total.p98) },
            ]}
            note={t`Of the sum, not the sum of the days' quantiles: good and bad days even out.`}
          />
        }
      />
      <StatTile
        label={t`Error in the backtest`}
        value={figure(accuracy.rmsse)}
        note={t`repeating last week: ${figure(accuracy.naive_rmsse)}`}
        explain={
          <Explain
            label={t`Error in the backtest`}
            formula={t`RMSSE: root mean squared error ÷ that of yesterday's value`}
            rows={[
              { label: t`Mean absolute error`, value: figure(accuracy.mae) },
              { label: t`Root mean squared error`, value: figure(accuracy.rmse) },
              { label: "WAPE", value: figure(accuracy.wape) },
              { label: "MASE", value: figure(accuracy.mase) },
              { label: t`Bias`, value: accuracy.bias === null ? "–" : percent(accuracy.bias, 1) },
            ]}
            note={t`From ${accuracy.windows} windows of past weeks that the method had not seen.`}
          />
        }
      />
      <StatTile label={t`Verdict`} value={<Verdict text={accuracy.verdict} />} />
    </StatRow>
  );
}

function Verdict({ text }: { text: string }) {
  const words = useVerdicts();
  return <span style={{ fontSize: "0.9rem", fontWeight: 600, lineHeight: 1.4 }}>{words[text] ?? text}</span>;
}
