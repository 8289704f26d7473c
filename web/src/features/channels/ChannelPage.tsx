import { useLingui } from "@lingui/react/macro";
import { Alert } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import {
  BackLink,
  Card,
  Code,
  DateTime,
  ErrorState,
  LinkTabs,
  Page,
  PageHeader,
  PageSkeleton,
} from "@/design";
import { useParam } from "@/lib/navigation";
import { ChannelDeeds } from "./ChannelDeeds";
import { ConflictsPart } from "./ConflictsPart";
import { DifferencesPart } from "./DifferencesPart";
import { FaultsCard } from "./FaultsCard";
import { Figures } from "./Figures";
import { ListingsPart } from "./ListingsPart";
import { LogPart } from "./LogPart";
import { type ChannelDetail, channelQuery, stateQuery } from "./queries";
import { SyncProgress } from "./SyncProgress";
import { useSync } from "./useSync";
import { Health, TypeName } from "./words";

export function ChannelPage() {
  const { data: found, error, refetch } = useQuery(channelQuery(useParam("key")));
  if (error && !found) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return found ? <Detail channel={found.data} /> : <PageSkeleton />;
}

function Detail({ channel }: { channel: ChannelDetail }) {
  const { t } = useLingui();
  const part = useParam("part") || "listings";
  const sync = useSync(channel);
  const { data: state } = useQuery(stateQuery(channel.id));
  const at = `/channels/${channel.code}`;
  const tabs = [
    { href: `${at}/listings`, label: t`Listings` },
    { href: `${at}/log`, label: t`What was said` },
    { href: `${at}/differences`, label: t`Differences` },
    { href: `${at}/conflicts`, label: t`Conflicts` },
    ...(channel.connector === "sandbox" ? [{ href: `${at}/faults`, label: t`Faults` }] : []),
  ];
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/channels">{t`Channels`}</BackLink>}
        title={channel.name}
        lead={
          <>
            <Health health={state?.health ?? channel.health} /> · <TypeName type={channel.type} /> ·{" "}
            <Code>{channel.code}</Code>
            {state?.ok_at && (
              <>
                {" "}
                · {t`answered`} <DateTime value={state.ok_at} relative />
              </>
            )}
          </>
        }
        actions={<ChannelDeeds channel={channel} sync={sync} />}
      />
      {state?.error && state.failures > 0 && <Alert severity="warning">{state.error}</Alert>}
      {sync.running && (
        <Card>
          <SyncProgress sync={sync} />
        </Card>
      )}
      {channel.connector !== "manual" && <Figures state={state} />}
      <LinkTabs label={channel.name} tabs={tabs} current={`${at}/${part}`} />
      <Part name={part} channel={channel} />
    </Page>
  );
}

function Part({ name, channel }: { name: string; channel: ChannelDetail }) {
  if (name === "log") return <LogPart channel={channel} />;
  if (name === "differences") return <DifferencesPart channel={channel} />;
  if (name === "conflicts") return <ConflictsPart channel={channel} />;
  if (name === "faults") return <FaultsCard channel={channel} />;
  return <ListingsPart channel={channel} />;
}
