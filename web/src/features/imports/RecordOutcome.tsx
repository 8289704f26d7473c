import { useLingui } from "@lingui/react/macro";
import { Alert, Box } from "@mui/material";
import { Card, Code, type SimpleColumn, SimpleTable, StatRow, StatTile } from "@/design";
import { quantity } from "@/lib/format";
import type { KeptField, RecordResult, RecordSummary, RecordTally, Run, ShownChange } from "./queries";

/** What a check found: what would be made, changed, moved, refused. */
export function RecordChecked({ summary }: { summary: RecordSummary }) {
  const { t } = useLingui();
  const before = summary.brought_before;
  return (
    <Card title={t`What the check found`} lead={t`The whole file was read; nothing has been written by it.`}>
      {before && (
        <Alert severity="warning" variant="outlined" sx={{ mb: 2 }}>
          {t`This very file was imported on ${before.at} by ${before.by}, and what it says is added.`}
        </Alert>
      )}
      <Counts tally={summary} refused={summary.refused} />
      <Changes changes={summary.shown} />
    </Card>
  );
}

/** What came of an import of records, and of undoing it. */
export function RecordOutcome({ result, run }: { result: RecordResult; run: Run }) {
  const { t } = useLingui();
  const { undo, tally } = result;
  if (run.status === "undone" && undo) {
    return (
      <Card title={t`What came of undoing it`} lead={t`What was changed since stays as it is.`}>
        <StatRow>
          <StatTile label={t`Put back`} value={quantity(undo.restored)} />
          <StatTile label={t`Removed`} value={quantity(undo.removed)} />
          <StatTile label={t`Archived, used elsewhere`} value={quantity(undo.archived)} />
          <StatTile label={t`Left as it is`} value={quantity(undo.kept.length)} />
        </StatRow>
        <Kept kept={undo.kept} />
      </Card>
    );
  }
  return (
    <Card title={t`What came of it`}>
      <Counts tally={tally} refused={result.refused ?? tally.refuse} />
      <Changes changes={tally.shown} />
    </Card>
  );
}

function Counts({ tally, refused }: { tally: RecordTally; refused: number }) {
  const { t } = useLingui();
  return (
    <StatRow>
      <StatTile label={t`New`} value={quantity(tally.create)} />
      <StatTile label={t`Changed`} value={quantity(tally.change)} />
      <StatTile label={t`Moving stock`} value={quantity(tally.post)} />
      <StatTile label={t`Unchanged`} value={quantity(tally.same)} />
      <StatTile label={t`Refused`} value={quantity(refused)} />
    </StatRow>
  );
}

const changeId = (change: ShownChange) => String(change.line);
const said = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** The first rows with what each changes, before and after. */
function Changes({ changes }: { changes: ShownChange[] }) {
  const { t } = useLingui();
  if (!changes.length) return null;
  const columns: SimpleColumn<ShownChange>[] = [
    { id: "line", header: t`Row`, align: "right", width: 80, cell: (change) => change.line },
    { id: "label", header: t`Record`, width: 200, cell: (change) => <Code>{change.label}</Code> },
    { id: "what", header: t`What changes`, cell: (change) => <Difference change={change} /> },
  ];
  return (
    <Box sx={{ mt: 3 }}>
      <SimpleTable label={t`Changes`} columns={columns} rows={changes} rowId={changeId} />
    </Box>
  );
}

function Difference({ change }: { change: ShownChange }) {
  return (
    <>
      {Object.entries(change.after).map(([field, value]) => (
        <div key={field}>
          {field}: {change.before && <s>{said(change.before[field] ?? "–")}</s>} {said(value)}
        </div>
      ))}
    </>
  );
}

const keptId = (kept: KeptField) => `${kept.line} ${kept.field}`;

function Kept({ kept }: { kept: KeptField[] }) {
  const { t } = useLingui();
  if (!kept.length) return null;
  const columns: SimpleColumn<KeptField>[] = [
    { id: "line", header: t`Row`, align: "right", width: 80, cell: (one) => one.line },
    { id: "label", header: t`Record`, width: 180, cell: (one) => <Code>{one.label}</Code> },
    { id: "field", header: t`Field`, width: 150, cell: (one) => one.field },
    { id: "imported", header: t`Imported`, width: 160, cell: (one) => said(one.imported) },
    { id: "now", header: t`Now`, width: 160, cell: (one) => said(one.now) },
    { id: "why", header: t`Why it stays`, cell: (one) => one.why },
  ];
  return (
    <Box sx={{ mt: 3 }}>
      <SimpleTable label={t`Left as it is`} columns={columns} rows={kept} rowId={keptId} />
    </Box>
  );
}
