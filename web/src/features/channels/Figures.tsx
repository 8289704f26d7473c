import { useLingui } from "@lingui/react/macro";
import { DateTime, Explain, Facts, LinesSkeleton, StatRow, StatTile } from "@/design";
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
        label={t`Typical lag`}
        value={lag(state?.lag_p50_ms)}
        note={t`99 of 100 within ${lag(state?.lag_p99_ms)}`}
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
    </StatRow>
  );
}

/** The same in short, for a channel among others. */
export function FigureFacts({ state }: { state: State | undefined }) {
  const { t } = useLingui();
  const lag = useLag();
  if (!state) return <LinesSkeleton lines={2} />;
  const half = lag(state.lag_p50_ms);
  const most = lag(state.lag_p99_ms);
  const dead = quantity(state.dead);
  const oldest = quantity(Math.round(state.oldest_seconds ?? 0));
  const waiting = quantity(state.queue);
  return (
    <Facts
      items={[
        { label: t`Typical lag`, value: half },
        { label: t`99 of 100 within`, value: most },
        {
          label: t`Waiting to be sent`,
          value: state.oldest_seconds ? t`${waiting}, the oldest for ${oldest} s` : waiting,
        },
        {
          label: t`Listings`,
          value: state.dead ? t`${quantity(state.listings)}, ${dead} given up` : quantity(state.listings),
        },
        {
          label: t`Open conflicts`,
          value: quantity(state.open_conflicts),
        },
        {
          label: t`Differences`,
          value: quantity(state.open_differences),
        },
        { label: t`Last answer`, value: <DateTime value={state.ok_at} relative /> },
        { label: t`Orders heard`, value: <DateTime value={state.polled_at} relative /> },
        { label: t`Compared`, value: <DateTime value={state.synced_at} relative /> },
      ]}
    />
  );
}
