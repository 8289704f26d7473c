import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useState } from "react";
import { useMay } from "@/api";
import { Card, EmptyState, ErrorState, Icon, LinesSkeleton, Page, PageHeader } from "@/design";
import { usePanel } from "@/lib/navigation";
import { ConflictsPart } from "./ConflictsPart";
import { DifferencesPart } from "./DifferencesPart";
import { GivenUp } from "./GivenUp";
import { type Channel, useChannels } from "./queries";
import { SyncCard } from "./SyncCard";

/** All channels at a glance: how far each is behind, what failed, what must be settled. */
export function SyncPage() {
  const { t } = useLingui();
  const { data: channels, error, refetch } = useChannels();
  const [wave, setWave] = useState(0);
  const mayWrite = useMay("channels.write");
  const synced = channels?.filter((one) => one.connector !== "manual") ?? [];
  return (
    <Page>
      <PageHeader
        title={t`Sync`}
        lead={t`What each channel was told, how fast, and what it disagrees on.`}
        actions={
          mayWrite &&
          synced.length > 0 && (
            <Button variant="contained" startIcon={<Icon name="sync" />} onClick={() => setWave(wave + 1)}>
              {t`Sync all`}
            </Button>
          )
        }
      />
      {error && !channels && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!(channels || error) && (
        <Card>
          <LinesSkeleton lines={6} />
        </Card>
      )}
      {channels && (synced.length ? <Channels channels={synced} wave={wave} /> : <NoChannels />)}
    </Page>
  );
}

function Channels({ channels, wave }: { channels: Channel[]; wave: number }) {
  return (
    <>
      {channels.map((channel) => (
        <SyncCard key={channel.id} channel={channel} wave={wave} />
      ))}
      <ConflictsPart />
      {channels.map((channel) => (
        <DifferencesPart key={channel.id} channel={channel} quiet />
      ))}
      {channels.map((channel) => (
        <GivenUp key={channel.id} channel={channel} />
      ))}
    </>
  );
}

function NoChannels() {
  const { t } = useLingui();
  const panel = usePanel();
  const connect = (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("channel")}>
      {t`Connect a channel`}
    </Button>
  );
  return (
    <EmptyState icon="sync" title={t`Nothing to keep in step yet`} action={connect}>
      {t`Connect a channel; its numbers then follow each change of stock within moments.`}
    </EmptyState>
  );
}
