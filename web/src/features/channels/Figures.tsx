import { useLingui } from "@lingui/react/macro";
import { DateTime, Explain, StatRow, StatTile } from "@/design";
import { quantity } from "@/lib/format";
import type { State } from "./queries";

/** A lag as people read it. */
function useLag(): (value: number | null | undefined) => string {
  const { t } = useLingui();
  return (value) => {
    if (value === null || value === undefined) return "–";
    return value < 10_000 ? t`${quantity(value)} ms` : t`${quantity(Math.round(value / 1000))} s`;
  };
}

/** How a channel does, in figures. */
export function Figures({ state }: { state: State | undefined }) {
  const { t } = useLingui();
  const lag = useLag();
  const loading = state === undefined;
  const oldest = quantity(Math.round(state?.oldest_seconds ?? 0));
  const dead = quantity(state?.dead ?? 0);
  return (
    <StatRow>
      <StatTile
        label={t`Lag, half of all`}
        value={lag(state?.lag_p50_ms)}
        note={t`p99: ${lag(state?.lag_p99_ms)}`}
        loading={loading}
        explain={
          <Explain
            label={t`Lag`}
            formula={t`acknowledged by the channel − committed in the ledger`}
            rows={[
              { label: t`Half of all within`, value: lag(state?.lag_p50_ms) },
              { label: t`99 of 100 within`, value: lag(state?.lag_p99_ms), strong: true },
            ]}
            note={t`Of the last hour. Each push and its lag stand under “What was said”.`}
          />
        }
      />
      <StatTile
        label={t`Waiting to be sent`}
        value={quantity(state?.queue ?? 0)}
        note={state?.oldest_seconds ? t`the oldest for ${oldest} s` : t`all is told`}
        loading={loading}
      />
      <StatTile
        label={t`Listings`}
        value={quantity(state?.listings ?? 0)}
        note={state?.dead ? t`${dead} given up` : t`none given up`}
        loading={loading}
      />
      <StatTile
        label={t`Open conflicts`}
        value={quantity(state?.open_conflicts ?? 0)}
        note={t`${quantity(state?.open_differences ?? 0)} differences`}
        loading={loading}
      />
      <StatTile
        label={t`Last answer`}
        value={<DateTime value={state?.ok_at} relative />}
        note={
          <>
            {t`orders heard`} <DateTime value={state?.polled_at} relative />
          </>
        }
        loading={loading}
      />
    </StatRow>
  );
}
