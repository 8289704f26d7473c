import { useLingui } from "@lingui/react/macro";
import { Box, Typography } from "@mui/material";
import { Card, EmptyState, Explain, LinesSkeleton, radius, series, size, tones } from "@/design";
import { useChannelName } from "@/features/channels";
import { money, percent } from "@/lib/format";
import type { Figures } from "./queries";

type Row = Figures["channels"][number];

interface ChannelSalesProps {
  figures: Figures | undefined;
}

/** Which channel brought in how much, its share, and how that changed. */
export function ChannelSales({ figures }: ChannelSalesProps) {
  const { t } = useLingui();
  const nameOf = useChannelName();
  const rows = figures?.channels;
  const explain = figures && (
    <Explain
      label={t`Sales by channel`}
      formula={figures.sales.explain.formula}
      note={t`The share is of all sales in ${figures.currency}; the change is against the days before.`}
    />
  );
  return (
    <Card title={t`Sales by channel`} actions={explain}>
      {!rows && <LinesSkeleton lines={5} />}
      {rows?.length === 0 && (
        <EmptyState icon="link" title={t`No sales in these days`}>
          {t`Each channel that sells is shown here with its share.`}
        </EmptyState>
      )}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: "none", display: "grid", gap: 2 }}>
        {rows?.map((row, place) => (
          <Share
            key={row.channel}
            row={row}
            name={nameOf(row.channel)}
            currency={figures?.currency}
            color={series[place % series.length] ?? series[0]}
          />
        ))}
      </Box>
    </Card>
  );
}

interface ShareProps {
  row: Row;
  name: string;
  currency: string | undefined;
  color: string;
}

const track = {
  height: 8,
  borderRadius: radius.chip,
  bgcolor: tones.neutral.tint,
  overflow: "hidden",
} as const;

function Share({ row, name, currency, color }: ShareProps) {
  const share = Number(row.share ?? 0) / 100;
  return (
    <Box component="li" sx={{ maxWidth: size.page }}>
      <Box sx={{ display: "flex", alignItems: "baseline", gap: 1, mb: 0.5 }}>
        <Typography variant="body2" noWrap sx={{ flex: 1, fontWeight: 600 }}>
          {name}
        </Typography>
        <Typography variant="body2" sx={{ fontVariantNumeric: "tabular-nums", fontWeight: 600 }}>
          {money(row.amount, currency)}
        </Typography>
      </Box>
      <Box aria-hidden sx={track}>
        <Box sx={{ width: percent(Math.max(0, Math.min(1, share)), 1), height: "100%", bgcolor: color }} />
      </Box>
      <Box sx={{ display: "flex", mt: 0.5 }}>
        <Typography variant="caption" color="textSecondary" sx={{ flex: 1 }}>
          {row.share === null ? "–" : percent(share, 1)}
        </Typography>
        <Change change={row.change.amount} />
      </Box>
    </Box>
  );
}

function Change({ change }: { change: string | null }) {
  const { t } = useLingui();
  if (change === null) {
    return <Typography variant="caption" color="textSecondary">{t`nothing before`}</Typography>;
  }
  const value = Number(change) / 100;
  const tone = value < 0 ? tones.bad : tones.good;
  return (
    <Typography variant="caption" sx={{ color: value === 0 ? "text.secondary" : tone.text, fontWeight: 600 }}>
      {value > 0 ? `+${percent(value, 1)}` : percent(value, 1)}
    </Typography>
  );
}
