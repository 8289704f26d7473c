import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Card, ErrorState, LinesSkeleton } from "@/design";
import { ConflictItem } from "./ConflictItem";
import { openConflictsQuery } from "./queries";

/** What channels and ledger disagree on and a person must settle; of one channel, or of all. */
export function ConflictsPart({ channel }: { channel?: { id: string } }) {
  const { t } = useLingui();
  const { data: found, error, refetch } = useQuery(openConflictsQuery);
  if (error && !found) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!found) return <LinesSkeleton lines={4} />;
  const conflicts = found.data.filter((one) => !channel || one.channel_id === channel.id);
  if (!conflicts.length) {
    return (
      <Card
        title={t`No open conflicts`}
        lead={t`When two channels sell the last piece at once, the later order is shown here with what can be done.`}
      >
        {null}
      </Card>
    );
  }
  return (
    <Card flush title={t`Conflicts`} lead={t`Each with what is suggested first.`}>
      {conflicts.map((conflict) => (
        <ConflictItem key={conflict.id} conflict={conflict} />
      ))}
    </Card>
  );
}
