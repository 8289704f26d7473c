import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { Explain, StatTile } from "@/design";
import { Anchor } from "@/lib/Anchor";
import { date, money, quantity } from "@/lib/format";
import type { StockValue } from "./queries";

const tiles = {
  display: "grid",
  gap: 2,
  gridTemplateColumns: { xs: "repeat(2, minmax(0, 1fr))", md: "repeat(4, minmax(0, 1fr))" },
} as const;

/** The total, and what it does not count. */
export function ValueTiles({ value }: { value: StockValue }) {
  const { t } = useLingui();
  const { total, currency, own, rate } = value;
  const day = date(`${value.as_of}T12:00:00Z`);
  return (
    <Box sx={tiles}>
      <StatTile
        label={t`Stock value`}
        value={money(total.value, currency)}
        note={day}
        explain={
          <Explain
            label={t`Stock value`}
            formula={t`sum of the cost layers of all levels`}
            rows={[
              ...value.warehouses.map((one) => ({
                label: one.name ?? one.code ?? "",
                value: money(one.value, currency),
              })),
              { label: t`In all`, value: money(total.value, currency), strong: true },
            ]}
            note={
              currency === own ? undefined : t`1 ${currency} was worth ${quantity(rate)} ${own} on this day.`
            }
          />
        }
      />
      <StatTile label={t`Units`} value={quantity(total.units)} />
      <StatTile label={t`SKUs in stock`} value={quantity(String(total.skus))} />
      <StatTile
        label={t`Units without a cost`}
        value={quantity(total.uncosted_units)}
        note={
          total.uncosted > 0 && (
            <Box component={Anchor} href="/valuation/uncosted" sx={{ color: "primary.main" }}>
              {t`Tell what they cost`}
            </Box>
          )
        }
      />
    </Box>
  );
}
