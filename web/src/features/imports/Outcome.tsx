import { useLingui } from "@lingui/react/macro";
import { Box, Typography } from "@mui/material";
import { Card, Day, Facts, StatRow, StatTile } from "@/design";
import { quantity } from "@/lib/format";
import type { Run, Tally } from "./queries";
import { useKinds } from "./words";

/** What came of an import. */
export function Outcome({ tally, run }: { tally: Tally; run: Run }) {
  const { t } = useLingui();
  const kinds = useKinds();
  const units = quantity(tally.opening.units);
  const skus = quantity(tally.opening.skus);
  const lead =
    run.status === "undone"
      ? t`This was brought in, and has been undone since.`
      : t`Importing the same file again would change nothing.`;
  return (
    <Card title={t`What came of it`} lead={lead}>
      <StatRow>
        <StatTile label={t`Orders`} value={quantity(tally.orders)} />
        <StatTile label={t`New SKUs`} value={quantity(tally.new_skus)} />
        <StatTile label={t`New customers`} value={quantity(tally.new_customers)} />
        <StatTile label={t`Took`} value={t`${quantity(tally.seconds.toFixed(1))} s`} />
      </StatRow>
      <Box sx={{ mt: 3 }}>
        <Facts
          items={[
            ...Object.entries(tally.posted).map(([kind, count]) => ({
              label: kinds[kind] ?? kind,
              value: quantity(count),
            })),
            { label: t`On file before, unchanged`, value: quantity(tally.unchanged) },
            { label: t`On file before with other values`, value: quantity(tally.differing) },
            { label: t`Left out`, value: quantity(tally.failed) },
            { label: t`Repeats dropped`, value: quantity(tally.dropped) },
            { label: t`Not covered by stock`, value: t`${quantity(tally.short_units)} pieces` },
          ]}
        />
      </Box>
      {tally.opening.skus > 0 && (
        <Typography variant="body2" sx={{ mt: 2.5 }}>
          {t`The file holds sales only, so an opening balance of ${units} pieces of ${skus} SKUs was posted to just cover them, as of`}{" "}
          <Day value={tally.opening.at} />.
        </Typography>
      )}
    </Card>
  );
}
