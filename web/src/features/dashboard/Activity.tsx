import { useLingui } from "@lingui/react/macro";
import { Box, Typography } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import {
  Card,
  DateTime,
  EmptyState,
  Icon,
  type IconName,
  LinesSkeleton,
  light,
  radius,
  tones,
} from "@/design";
import type { Channel } from "@/features/channels";
import { type Entry, entries } from "./activity";
import { recentMovementsQuery, recentOrdersQuery } from "./queries";
import { DeedSentence, NewsSentence, OrderSentence, RunSentence } from "./sentences";
import { useNews } from "./useNews";

const shown = 12;

/** What happens, as it happens, each in a sentence that leads to the thing itself. */
export function Activity({ channels }: { channels: Channel[] }) {
  const { t } = useLingui();
  const orders = useQuery(recentOrdersQuery).data;
  const movements = useQuery(recentMovementsQuery).data;
  const news = useNews();
  const loading = orders === undefined || movements === undefined;
  const rows = entries(orders ?? [], movements ?? [], news, shown);
  return (
    <Card
      flush
      title={t`Live activity`}
      lead={t`Orders, stock and channels as they change; nothing to reload.`}
    >
      {loading && (
        <Box sx={{ px: 2.5, pb: 2.5 }}>
          <LinesSkeleton lines={8} />
        </Box>
      )}
      {!loading && rows.length === 0 && (
        <EmptyState icon="activity" title={t`Nothing has happened yet`}>
          {t`The first order or delivery is shown here within a second.`}
        </EmptyState>
      )}
      <Box component="ol" aria-label={t`Live activity`} sx={{ m: 0, p: 0, listStyle: "none" }}>
        {rows.map((entry) => (
          <Line key={entry.id} entry={entry} channels={channels} />
        ))}
      </Box>
    </Card>
  );
}

function iconOf(entry: Entry): IconName {
  if ("order" in entry || "run" in entry) return "orders";
  if ("news" in entry) return entry.news.kind === "channels.conflict_changed" ? "alert" : "sync";
  return entry.deed.lines[0]?.type === "transfer" ? "transfer" : "box";
}

const disc = {
  width: 32,
  height: 32,
  flexShrink: 0,
  borderRadius: radius.box,
  display: "grid",
  placeItems: "center",
} as const;

function Line({ entry, channels }: { entry: Entry; channels: Channel[] }) {
  const tone = "order" in entry || "run" in entry ? tones.good : tones.info;
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        alignItems: "center",
        gap: 1.5,
        px: 2.5,
        py: 1.25,
        borderTop: `1px solid ${light.lineSoft}`,
      }}
    >
      <Box sx={{ ...disc, bgcolor: tone.tint, color: tone.solid }}>
        <Icon name={iconOf(entry)} sx={{ fontSize: 18 }} />
      </Box>
      <Typography variant="body2" component="div" sx={{ flex: 1, minWidth: 0, overflowWrap: "anywhere" }}>
        {"order" in entry && <OrderSentence order={entry.order} />}
        {"run" in entry && <RunSentence run={entry.run} />}
        {"deed" in entry && <DeedSentence deed={entry.deed} />}
        {"news" in entry && <NewsSentence news={entry.news} channels={channels} />}
      </Typography>
      <Typography variant="caption" component="div" color="textSecondary">
        <DateTime value={entry.at} relative />
      </Typography>
    </Box>
  );
}
