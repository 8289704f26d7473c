import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { client, data } from "@/api";
import { Card } from "@/design";
import { LineChart } from "@/design/chart";
import { Anchor } from "@/lib/Anchor";
import { dayMonth, quantity, short } from "@/lib/format";

const days = 90;

function useHistory(sku: string) {
  return useQuery({
    queryKey: ["inventory", "history", sku],
    queryFn: () =>
      data(
        client.GET("/api/v1/inventory/{key}/history", { params: { path: { key: sku }, query: { days } } }),
      ),
  });
}

/** How much lay there at the end of each day, summed from the movements by the day they happened on. */
export function StockHistory({ sku }: { sku: string }) {
  const { t } = useLingui();
  const { data: history = [] } = useHistory(sku);
  if (history.every(({ on_hand }) => Number(on_hand) === 0)) return null;
  const points = history.map(({ day, on_hand }) => ({
    label: dayMonth(`${day}T12:00:00Z`),
    value: Number(on_hand),
  }));
  return (
    <Card
      title={t`History`}
      actions={<Anchor href={`/time-machine?q=${encodeURIComponent(sku)}`}>{t`Time machine`}</Anchor>}
    >
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
