import { useLingui } from "@lingui/react/macro";
import { Box, Typography } from "@mui/material";
import { Card, Day, Facts } from "@/design";
import { percent } from "@/lib/format";
import type { Forecast } from "./queries";
import { DemandClass, useAlgorithms } from "./words";

/** Why the forecast is what it is: how the SKU sells, what was mixed, what to keep in mind. */
export function Why({ forecast }: { forecast: Forecast }) {
  const { t } = useLingui();
  const names = Object.fromEntries(useAlgorithms().map(({ value, label }) => [value, label]));
  const why = forecast.explanation;
  const mixed = Object.entries(why.weights)
    .filter(([, weight]) => weight > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([name, weight]) => `${names[name] ?? name} ${percent(weight)}`)
    .join(" + ");
  return (
    <Card title={t`Why this forecast`} lead={why.reason}>
      <Facts
        items={[
          { label: t`How it sells`, value: <DemandClass name={why.demand_class} /> },
          {
            label: t`History`,
            value: (
              <>
                <Day value={why.history_from} /> – <Day value={why.history_to} />
              </>
            ),
          },
          { label: t`Days with sales`, value: String(why.selling_days) },
          { label: t`Days out of stock`, value: String(why.stockout_days) },
          { label: t`Bulk orders set apart`, value: String(why.bulk_days) },
          { label: t`Made of`, value: mixed, wide: true },
        ]}
      />
      {why.notes.length > 0 && (
        <Box component="ul" sx={{ pl: 2.5, mt: 2, mb: 0 }}>
          {why.notes.map((note) => (
            <Typography key={note} component="li" variant="body2">
              {note}
            </Typography>
          ))}
        </Box>
      )}
    </Card>
  );
}
