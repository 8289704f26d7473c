import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { Card, EmptyState, ErrorState, LinesSkeleton } from "@/design";
import { LineChart } from "@/design/chart";
import { dayMonth, moneyShort } from "@/lib/format";
import { useSearchWords } from "@/lib/navigation";
import { Abroad } from "./Abroad";
import { type StockValue, valueQuery } from "./queries";
import { ValueChoice } from "./ValueChoice";
import { ValueTiles } from "./ValueTiles";
import { WorthTable } from "./WorthTable";

const trendDays = 90;
const pair = {
  display: "grid",
  gap: 2.5,
  gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "repeat(2, minmax(0, 1fr))" },
  alignItems: "start",
} as const;

/** What stock was worth at the end of a day: the address says which day, currency and warehouse. */
export function ValuePart() {
  const { as_of, currency, warehouse } = useSearchWords();
  const ask = {
    days: trendDays,
    ...(as_of ? { as_of } : {}),
    ...(currency ? { currency } : {}),
    ...(warehouse ? { warehouse } : {}),
  };
  const { data: value, error, refetch } = useQuery(valueQuery(ask));
  return (
    <>
      <ValueChoice />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && (value ? <Value value={value} /> : <LinesSkeleton lines={10} />)}
    </>
  );
}

function Value({ value }: { value: StockValue }) {
  const { t } = useLingui();
  const { currency } = value;
  const points = value.trend.map((one) => ({
    label: dayMonth(`${one.day}T12:00:00Z`),
    value: Number(one.value),
  }));
  return (
    <>
      <ValueTiles value={value} />
      {value.total.skus === 0 && (
        <EmptyState icon="layers" title={t`No stock on this day`}>
          {t`What comes in is valued here from its first day.`}
        </EmptyState>
      )}
      <Card>
        <LineChart
          title={t`Value over time`}
          units={t`${currency} at the end of each day`}
          format={(amount) => moneyShort(String(amount), currency)}
          lines={[{ name: t`Value`, points }]}
          height={240}
        />
      </Card>
      <Box sx={pair}>
        <WorthTable title={t`By warehouse`} rows={value.warehouses} currency={currency} />
        <WorthTable title={t`By category`} rows={value.categories} currency={currency} />
      </Box>
      {value.abroad.length > 0 && <Abroad value={value} />}
    </>
  );
}
