import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import type { ReactNode } from "react";
import { Explain, StatTile } from "@/design";
import { Sparkline } from "@/design/chart";
import type { Channel } from "@/features/channels";
import { Anchor } from "@/lib/Anchor";
import { money, moneyShort, quantity } from "@/lib/format";
import { type Figures, useStates } from "./queries";
import { useTrend } from "./words";

interface TilesProps {
  figures: Figures | undefined;
  channels: Channel[];
}

/** Five abreast, two on a phone: then the last takes the whole line. */
const five = {
  display: "grid",
  gap: { xs: 1.5, md: 2 },
  gridTemplateColumns: {
    xs: "repeat(2, minmax(0, 1fr))",
    md: "repeat(3, minmax(0, 1fr))",
    lg: "repeat(5, minmax(0, 1fr))",
  },
  "& > :last-child": { gridColumn: { xs: "span 2", md: "auto" } },
} as const;

/** The figures that people look for first. */
export function Tiles({ figures, channels }: TilesProps) {
  return (
    <Box sx={five}>
      <Sales figures={figures} />
      <StockValue figures={figures} />
      <ToShip figures={figures} />
      <LowStock figures={figures} />
      <Listings channels={channels} />
    </Box>
  );
}

function Quiet({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Box component={Anchor} href={href} sx={{ color: "primary.main", fontWeight: 600 }}>
      {children}
    </Box>
  );
}

interface Part {
  figures: Figures | undefined;
}

function Sales({ figures }: Part) {
  const { t } = useLingui();
  const trend = useTrend();
  if (!figures) return <StatTile label={t`Sales`} value="" loading />;
  const { sales, currency } = figures;
  const others = sales.other_currencies.map((one) => money(one.amount, one.currency)).join(", ");
  return (
    <StatTile
      label={t`Sales`}
      value={moneyShort(sales.amount, currency)}
      trend={trend(sales.change.amount)}
      note={others ? t`and ${others}` : undefined}
      explain={
        <Explain
          label={t`Sales`}
          formula={sales.explain.formula}
          rows={[
            { label: t`Orders`, value: quantity(sales.orders) },
            { label: t`Pieces`, value: quantity(sales.units) },
            { label: t`The days before`, value: money(sales.before.amount, currency) },
            { label: t`Sales`, value: money(sales.amount, currency), strong: true },
          ]}
          note={<Quiet href="/orders">{t`The orders behind it`}</Quiet>}
        />
      }
    />
  );
}

function StockValue({ figures }: Part) {
  const { t } = useLingui();
  const trend = useTrend();
  if (!figures) return <StatTile label={t`Stock value`} value="" loading />;
  const { stock, currency } = figures;
  const change = trend(stock.change);
  const uncosted = quantity(stock.uncosted);
  return (
    <StatTile
      label={t`Stock value`}
      value={moneyShort(stock.value, currency)}
      trend={change && { ...change, tone: "neutral" }}
      note={stock.uncosted > 0 ? t`${uncosted} SKUs uncosted` : undefined}
      chart={
        <Sparkline
          label={t`Stock value over the period`}
          values={stock.trend.map((day) => Number(day.value))}
          height={28}
        />
      }
      explain={
        <Explain
          label={t`Stock value`}
          formula={stock.explain.formula}
          rows={[
            { label: t`Pieces`, value: quantity(stock.units) },
            { label: t`SKUs`, value: quantity(stock.skus) },
            { label: t`SKUs of unknown cost, left out`, value: uncosted },
            { label: t`Stock value`, value: money(stock.value, currency), strong: true },
          ]}
          note={<Quiet href="/stock-levels?sort=-on_hand">{t`The levels behind it`}</Quiet>}
        />
      }
    />
  );
}

function ToShip({ figures }: Part) {
  const { t } = useLingui();
  if (!figures) return <StatTile label={t`Orders to ship`} value="" loading />;
  const { to_ship, on_hold, backordered, explain } = figures.orders;
  const waiting = quantity(backordered);
  return (
    <StatTile
      label={t`Orders to ship`}
      value={quantity(to_ship)}
      note={backordered > 0 ? t`${waiting} wait for stock` : t`none waits for stock`}
      explain={
        <Explain
          label={t`Orders to ship`}
          formula={explain.formula}
          rows={[
            { label: t`To ship`, value: quantity(to_ship), strong: true },
            { label: t`On hold`, value: quantity(on_hold) },
            { label: t`Waiting for stock, among both`, value: waiting },
          ]}
          note={
            <Quiet href="/orders?filter[status]=pending,processing,partial">{t`The orders behind it`}</Quiet>
          }
        />
      }
    />
  );
}

function LowStock({ figures }: Part) {
  const { t } = useLingui();
  if (!figures) return <StatTile label={t`Low stock`} value="" loading />;
  const { low_stock, out_of_stock, running_out, days, explain } = figures.alerts;
  return (
    <StatTile
      label={t`Low stock`}
      value={quantity(low_stock)}
      note={<Quiet href="/planning/reorder">{t`What to order`}</Quiet>}
      explain={
        <Explain
          label={t`Low stock`}
          formula={explain.low_stock?.formula ?? t`available < reorder point`}
          rows={[
            { label: t`Below the reorder point`, value: quantity(low_stock), strong: true },
            { label: t`Nothing left`, value: quantity(out_of_stock) },
            { label: t`Running out within ${days} days`, value: quantity(running_out) },
          ]}
          note={<Quiet href="/planning/reorder?show=low">{t`The SKUs behind it`}</Quiet>}
        />
      }
    />
  );
}

function Listings({ channels }: { channels: Channel[] }) {
  const { t } = useLingui();
  const states = useStates(channels.filter((one) => one.connector !== "manual"));
  const sum = (of: (state: NonNullable<(typeof states)[number]>) => number) =>
    states.reduce((total, state) => total + (state ? of(state) : 0), 0);
  const all = sum((state) => state.listings);
  const behind = sum((state) => state.queue) + sum((state) => state.dead);
  const waiting = quantity(behind);
  return (
    <StatTile
      label={t`Active listings`}
      value={quantity(all)}
      note={behind > 0 ? t`${waiting} on their way` : t`all in step`}
      loading={states.some((state) => state === undefined)}
      explain={
        <Explain
          label={t`Active listings`}
          formula={t`SKUs shown, summed over the channels`}
          rows={[
            { label: t`In step with the ledger`, value: quantity(all - behind), strong: true },
            { label: t`Waiting to be told, or given up`, value: waiting },
          ]}
          note={<Quiet href="/sync">{t`The channels behind it`}</Quiet>}
        />
      }
    />
  );
}
