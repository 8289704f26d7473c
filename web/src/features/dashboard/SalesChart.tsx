import { useLingui } from "@lingui/react/macro";
import { Card, EmptyState, LinesSkeleton } from "@/design";
import { BarChart } from "@/design/chart";
import { dayMonth, moneyShort } from "@/lib/format";
import type { Figures } from "./queries";
import { bars } from "./series";

/** What was taken in, day by day; a year in weeks. */
export function SalesChart({ figures }: { figures: Figures | undefined }) {
  const { t } = useLingui();
  if (!figures) {
    return (
      <Card title={t`Sales`}>
        <LinesSkeleton lines={8} />
      </Card>
    );
  }
  const { currency } = figures;
  const { weekly, rows } = bars(figures.series);
  if (rows.every(({ amount }) => amount === 0)) {
    return (
      <Card title={weekly ? t`Sales per week` : t`Sales per day`}>
        <EmptyState icon="orders" title={t`No sales in these days`}>
          {t`Each day that sells is drawn here.`}
        </EmptyState>
      </Card>
    );
  }
  const points = rows.map(({ start, amount }) => ({ label: dayMonth(`${start}T12:00:00Z`), value: amount }));
  return (
    <Card>
      <BarChart
        title={weekly ? t`Sales per week` : t`Sales per day`}
        units={weekly ? t`${currency}, by the Monday of the week` : currency}
        format={(value) => moneyShort(value, currency)}
        bars={[{ name: t`Sales`, points }]}
        height={270}
      />
    </Card>
  );
}
