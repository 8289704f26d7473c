import { useLingui } from "@lingui/react/macro";
import { Alert } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "@/api";
import { BackLink, Card, DateTime, ErrorState, Page, PageHeader, PageSkeleton, ProgressBar } from "@/design";
import { quantity } from "@/lib/format";
import { useParam } from "@/lib/navigation";
import { Checked } from "./Checked";
import { Deeds } from "./Deeds";
import { Faults } from "./Faults";
import { MappingForm } from "./MappingForm";
import { Outcome } from "./Outcome";
import { Preview } from "./Preview";
import {
  isBusy,
  isSales,
  type RecordResult,
  type RecordSummary,
  type Run,
  runQuery,
  type Shape,
  type Summary,
  type Tally,
} from "./queries";
import { RecordForm } from "./RecordForm";
import { RecordChecked, RecordOutcome } from "./RecordOutcome";
import { RunStatus } from "./words";

const editable = new Set(["uploaded", "mapped", "checked", "failed"]);

export function RunPage() {
  const { data: run, error, refetch } = useQuery(runQuery(useParam("id")));
  if (error && !run) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return run ? <Detail run={run} /> : <PageSkeleton />;
}

/** One import, at whatever step it is: how it is read, what a check found, how far it is, what came of it. */
function Detail({ run }: { run: Run }) {
  const { t } = useLingui();
  const mayWrite = useMay("exchange.write");
  const shape = run.shape as unknown as Shape;
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/import">{t`Import`}</BackLink>}
        title={run.file_name}
        lead={
          <>
            <RunStatus status={run.status} /> · {run.started_by}, <DateTime value={run.created_at} relative />
          </>
        }
        actions={mayWrite && <Deeds run={run} />}
      />
      {run.problem && (
        <Alert severity={run.status === "unfinished" ? "warning" : "error"}>{run.problem}</Alert>
      )}
      {isBusy(run) && <Running run={run} />}
      {isSales(run) ? <SalesParts run={run} shape={shape} /> : <RecordParts run={run} shape={shape} />}
      <Preview shape={shape} />
    </Page>
  );
}

interface PartsProps {
  run: Run;
  shape: Shape;
}

function SalesParts({ run, shape }: PartsProps) {
  const mayWrite = useMay("exchange.write");
  return (
    <>
      {run.result && !isBusy(run) && <Outcome tally={run.result as unknown as Tally} run={run} />}
      {mayWrite && editable.has(run.status) && <MappingForm key={run.id} run={run} shape={shape} />}
      {run.summary && <Checked summary={run.summary as unknown as Summary} />}
      {run.summary && <Faults run={run} />}
    </>
  );
}

function RecordParts({ run, shape }: PartsProps) {
  const mayWrite = useMay("exchange.write");
  const open = editable.has(run.status);
  const result = run.result as unknown as RecordResult | null;
  return (
    <>
      {result?.tally.shown && !isBusy(run) && <RecordOutcome result={result} run={run} />}
      {mayWrite && open && <RecordForm key={run.id} run={run} shape={shape} />}
      {open && run.summary && <RecordChecked summary={run.summary as unknown as RecordSummary} />}
      <Faults run={run} />
    </>
  );
}

function Running({ run }: { run: Run }) {
  const { t } = useLingui();
  const done = quantity(run.lines_done);
  const total = quantity(run.lines_total);
  if (run.status === "undoing") return <BeingUndone run={run} />;
  return (
    <Card>
      <ProgressBar
        label={t`Importing`}
        value={run.lines_total ? run.lines_done / run.lines_total : undefined}
        note={
          run.lines_total
            ? t`${done} of ${total} lines. You can leave this page; it goes on.`
            : t`Reading the file.`
        }
      />
    </Card>
  );
}

/** Movements first, all or nothing; then the orders, some at a time. */
function BeingUndone({ run }: { run: Run }) {
  const { t } = useLingui();
  const { lines_done, lines_recorded, lines_total } = run;
  const total = quantity(lines_total);
  const reversed = quantity(lines_done);
  const taken = quantity(lines_recorded);
  const stays = t`You can leave this page; it goes on.`;
  const note =
    lines_done < lines_total
      ? t`${reversed} of ${total} lines reversed.`
      : t`All ${total} lines are reversed; ${taken} of them are out of their orders.`;
  return (
    <Card>
      <ProgressBar
        label={t`Undoing`}
        value={
          lines_total ? (lines_done + Math.min(lines_recorded, lines_total)) / (2 * lines_total) : undefined
        }
        note={`${note} ${stays}`}
      />
    </Card>
  );
}
