import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { every } from "@/api";
import { Explain, Quantity, StatRow, StatTile } from "@/design";
import { add } from "@/lib/decimal";
import type { Level } from "./queries";

type Part = "on_hand" | "reserved" | "unavailable" | "available" | "incoming";

function sum(levels: Level[], part: Part): string {
  return levels.reduce((total, level) => add(total, level[part]), "0");
}

/** What there is of one SKU over all warehouses, each figure with the warehouses behind it. */
export function ProductTotals({ sku }: { sku: string }) {
  const { t } = useLingui();
  const { data: levels = [], isPending } = useQuery({
    queryKey: ["stock-levels", "of", sku],
    queryFn: () => every("/api/v1/stock-levels", { "filter[sku]": sku }),
  });
  const tiles: { label: string; part: Part; formula: string }[] = [
    { label: t`On hand`, part: "on_hand", formula: t`sum over all warehouses` },
    { label: t`Available`, part: "available", formula: t`on hand − reserved − unavailable` },
    { label: t`Reserved`, part: "reserved", formula: t`promised to orders and by hand` },
    { label: t`Incoming`, part: "incoming", formula: t`in transit + on order` },
  ];
  return (
    <StatRow>
      {tiles.map(({ label, part, formula }) => (
        <StatTile
          key={part}
          label={label}
          value={<Quantity value={sum(levels, part)} />}
          loading={isPending}
          explain={
            <Explain
              label={label}
              formula={formula}
              rows={[
                ...levels.map((level) => ({
                  label: level.warehouse,
                  value: <Quantity value={level[part]} />,
                })),
                { label: t`Together`, value: <Quantity value={sum(levels, part)} />, strong: true },
              ]}
            />
          }
        />
      ))}
    </StatRow>
  );
}
