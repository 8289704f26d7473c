import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { page } from "@/api";
import { Card } from "@/design";
import { LineChart } from "@/design/chart";
import { add } from "@/lib/decimal";
import { dayMonth, getRegion, quantity, short } from "@/lib/format";
import { dayOf, onHandByDay } from "./history";

const days = 90;
const most = 500;

function useHistory(sku: string) {
  return useQuery({
    queryKey: ["inventory", "history", sku],
    queryFn: async () => {
      const words = { sort: "-effective_at", limit: most, fields: "effective_at,quantity" };
      const [{ data: found }, changes] = await Promise.all([
        page("/api/v1/inventory", { "filter[sku]": sku }),
        page("/api/v1/inventory/{key}/movements", words, { key: sku }),
      ]);
      const [now] = found;
      if (!now) return [];
      const { timeZone } = getRegion();
      const today = dayOf(new Date(), timeZone);
      const owned = add(now.on_hand, now.in_transit);
      return onHandByDay(owned, changes.data, today, days, timeZone, changes.data.length < most);
    },
  });
}

/** How much lay there at the end of each day, drawn from the movements. */
export function StockHistory({ sku }: { sku: string }) {
  const { t } = useLingui();
  const { data: history = [] } = useHistory(sku);
  if (history.length < 2) return null;
  const points = history.map(({ day, onHand }) => ({
    label: dayMonth(`${day}T12:00:00Z`),
    value: Number(onHand),
  }));
  return (
    <Card>
      <LineChart
        title={t`On hand`}
        units={t`units at the end of each day, all warehouses and what is under way`}
        format={(value) => (Math.abs(value) < 10_000 ? quantity(value) : short(value))}
        lines={[{ name: t`On hand`, points }]}
        height={220}
      />
    </Card>
  );
}
