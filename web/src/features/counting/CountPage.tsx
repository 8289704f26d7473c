import { useLingui } from "@lingui/react/macro";
import { Alert, Box } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import {
  BackLink,
  Card,
  DateTime,
  ErrorState,
  Facts,
  Page,
  PageHeader,
  PageSkeleton,
  ProgressBar,
} from "@/design";
import { Anchor } from "@/lib/Anchor";
import { quantity } from "@/lib/format";
import { useParam } from "@/lib/navigation";
import { CountActions } from "./CountActions";
import { CountLines } from "./CountLines";
import { Findings } from "./Findings";
import { type Count, countQuery } from "./queries";
import { CountStatus, useCountKinds } from "./words";

export function CountPage() {
  const { data: count, error, refetch } = useQuery(countQuery(useParam("id")));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return count ? <Detail count={count} /> : <PageSkeleton />;
}

function Detail({ count }: { count: Count }) {
  const { t } = useLingui();
  const kind = useCountKinds().find((one) => one.value === count.kind)?.label ?? count.kind;
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/counting">{t`Counting`}</BackLink>}
        title={
          <Box component="span" sx={{ display: "inline-flex", alignItems: "center", gap: 1.5 }}>
            {count.name ? `${count.document} · ${count.name}` : count.document}
            <CountStatus status={count.status} />
          </Box>
        }
        lead={`${kind} · ${count.warehouse_name}`}
        actions={<CountActions count={count} />}
      />
      <Notes count={count} />
      <Progress count={count} />
      {count.summary && <Findings count={count} />}
      <CountLines count={count} />
      <History count={count} />
    </Page>
  );
}

/** What people must know before they act. */
function Notes({ count }: { count: Count }) {
  const { t } = useLingui();
  const { progress, status } = count;
  return (
    <>
      {status === "counting" && progress.recounts > 0 && (
        <Alert severity="warning">{t`${progress.recounts} lines are to be counted again.`}</Alert>
      )}
      {!count.shows_expected && status !== "cancelled" && (
        <Alert severity="info">{t`This count is blind: what is expected is shown once it is counted, to whoever approves it.`}</Alert>
      )}
      {status === "review" && !count.may_approve && (
        <Alert severity="info">{t`Somebody who did not count in it, and may approve, must look at it first.`}</Alert>
      )}
    </>
  );
}

function Progress({ count }: { count: Count }) {
  const { t } = useLingui();
  const { lines, counted } = count.progress;
  if (count.status !== "counting") return null;
  return (
    <ProgressBar
      label={t`${quantity(counted)} of ${quantity(lines)} lines counted`}
      value={lines ? counted / lines : 0}
    />
  );
}

function History({ count }: { count: Count }) {
  const { t } = useLingui();
  const by = (who: string | null, when: string | null) =>
    when ? (
      <>
        <DateTime value={when} /> {who}
      </>
    ) : null;
  const posting = count.posting_id && (
    <Anchor href={`/movements?filter[document]=${count.document}`}>{t`Its movements`}</Anchor>
  );
  return (
    <Card>
      <Facts
        items={[
          { label: t`Planned`, value: by(count.created_by, count.created_at) },
          { label: t`Started`, value: <DateTime value={count.started_at} /> },
          { label: t`Counted by`, value: count.counted_by.join(", ") || "–" },
          { label: t`Finished`, value: by(count.submitted_by, count.submitted_at) ?? "–" },
          { label: t`Approved`, value: by(count.approved_by, count.approved_at) ?? "–" },
          { label: t`Posted`, value: by(count.posted_by, count.posted_at) ?? "–" },
          ...(posting ? [{ label: t`In the ledger`, value: posting }] : []),
          ...(count.note ? [{ label: t`Note`, value: count.note, wide: true }] : []),
        ]}
      />
    </Card>
  );
}
