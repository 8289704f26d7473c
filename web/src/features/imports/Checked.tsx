import { useLingui } from "@lingui/react/macro";
import { Box, Typography } from "@mui/material";
import { Card, Code, Day, Facts, StatRow, StatTile } from "@/design";
import { quantity } from "@/lib/format";
import type { Summary } from "./queries";
import { useKinds } from "./words";

const few = 8;

/** What the file holds and what would become of it. */
export function Checked({ summary }: { summary: Summary }) {
  const { t } = useLingui();
  const kinds = useKinds();
  const merged = Object.entries(summary.merged);
  return (
    <Card title={t`What the check found`} lead={t`The whole file was read; nothing has been written by it.`}>
      <StatRow>
        <StatTile
          label={t`Lines`}
          value={quantity(summary.lines)}
          note={t`${quantity(summary.failed)} left out`}
        />
        <StatTile label={t`Orders`} value={quantity(summary.invoices)} />
        <StatTile label={t`SKUs`} value={quantity(summary.skus)} />
        <StatTile
          label={t`Customers`}
          value={quantity(summary.customers)}
          note={t`${quantity(summary.without_customer)} lines without`}
        />
      </StatRow>
      <Box sx={{ mt: 3 }}>
        <Facts
          items={[
            ...Object.entries(summary.kinds).map(([kind, count]) => ({
              label: kinds[kind] ?? kind,
              value: quantity(count),
            })),
            { label: t`Exact repeats`, value: quantity(summary.duplicates) },
            { label: t`First sale`, value: <Day value={summary.first_at} /> },
            { label: t`Last sale`, value: <Day value={summary.last_at} /> },
          ]}
        />
      </Box>
      {merged.length > 0 && (
        <Typography variant="body2" component="div" sx={{ mt: 2.5 }}>
          {t`${merged.length} SKUs are written in more than one way and become one:`}
          <Box sx={{ mt: 0.5, display: "flex", flexWrap: "wrap", columnGap: 2.5, rowGap: 0.5 }}>
            {merged.slice(0, few).map(([code, others]) => (
              <Code key={code}>{[...new Set([code, ...others])].join(" = ")}</Code>
            ))}
            {merged.length > few && "…"}
          </Box>
        </Typography>
      )}
    </Card>
  );
}
