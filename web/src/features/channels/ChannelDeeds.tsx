import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useChange, useMay } from "@/api";
import { Icon } from "@/design";
import { usePanel } from "@/lib/navigation";
import { type ChannelDetail, pauseChannel, resumeChannel, testChannel, touches } from "./queries";
import type { useSync } from "./useSync";

interface ChannelDeedsProps {
  channel: ChannelDetail;
  sync: ReturnType<typeof useSync>;
}

/** What can be done with a channel. */
export function ChannelDeeds({ channel, sync }: ChannelDeedsProps) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("channels.write");
  const { name, id } = channel;
  const active = channel.status === "active";
  const turn = useChange({
    change: () => (active ? pauseChannel(id) : resumeChannel(id)),
    touches,
    said: () => (active ? t`${name} is paused.` : t`${name} goes on.`),
  });
  const test = useChange({
    change: () => testChannel(id),
    touches: [],
    said: ({ name: answered, took_ms }) => t`${answered} answered in ${took_ms} ms.`,
  });
  if (!mayWrite) return null;
  const synced = channel.connector !== "manual";
  return (
    <>
      <Button
        variant="outlined"
        color="secondary"
        startIcon={<Icon name="edit" />}
        onClick={() => panel.open("channel", { id })}
      >
        {t`Edit`}
      </Button>
      {synced && (
        <Button
          variant="outlined"
          color="secondary"
          startIcon={<Icon name="link" />}
          loading={test.isPending}
          onClick={() => test.mutate(undefined)}
        >
          {t`Test`}
        </Button>
      )}
      {synced && (
        <Button
          variant="outlined"
          color="secondary"
          startIcon={active ? <Icon name="minus" /> : <Icon name="play" />}
          loading={turn.isPending}
          onClick={() => turn.mutate(undefined)}
        >
          {active ? t`Pause` : t`Resume`}
        </Button>
      )}
      {synced && (
        <Button
          variant="contained"
          startIcon={<Icon name="sync" />}
          loading={sync.running}
          disabled={!active}
          onClick={sync.start}
        >
          {t`Sync now`}
        </Button>
      )}
    </>
  );
}
