import { useLingui } from "@lingui/react/macro";
import { Box, Typography } from "@mui/material";
import { Card, light } from "@/design";
import { type Channel, Health } from "@/features/channels";
import { Anchor } from "@/lib/Anchor";
import { quantity } from "@/lib/format";
import { useStates } from "./queries";

/** Each channel with how it does; an organization without any is not told so here. */
export function ChannelStates({ channels }: { channels: Channel[] }) {
  const { t } = useLingui();
  const states = useStates(channels);
  if (!channels.length) return null;
  return (
    <Card flush title={t`Channels`}>
      {channels.map((channel, place) => (
        <State key={channel.id} channel={channel} state={states[place]} />
      ))}
    </Card>
  );
}

type StateOf = ReturnType<typeof useStates>[number];

function State({ channel, state }: { channel: Channel; state: StateOf }) {
  const { t } = useLingui();
  const listings = quantity(state?.listings ?? 0);
  const lag = state?.lag_p50_ms;
  const milliseconds = quantity(lag ?? 0);
  return (
    <Box
      component={Anchor}
      href={`/channels/${channel.code}`}
      sx={{
        display: "flex",
        alignItems: "center",
        gap: 1.5,
        px: 2.5,
        py: 1.25,
        borderTop: `1px solid ${light.lineSoft}`,
        textDecoration: "none",
        "&:hover": { bgcolor: light.page },
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="body2" noWrap sx={{ fontWeight: 600 }}>
          {channel.name}
        </Typography>
        <Typography variant="caption" component="div" noWrap color="textSecondary">
          {lag === null || lag === undefined
            ? t`${listings} listings`
            : t`${listings} listings, ${milliseconds} ms behind`}
        </Typography>
      </Box>
      <Health health={state?.health ?? channel.health} />
    </Box>
  );
}
