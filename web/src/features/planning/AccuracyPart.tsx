import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ApiProblem } from "@/api";
import {
  Card,
  DateTime,
  EmptyState,
  ErrorState,
  LinesSkeleton,
  type SimpleColumn,
  SimpleTable,
  StatRow,
  StatTile,
} from "@/design";
import { percent, quantity } from "@/lib/format";
import { type Accuracy, accuracyQuery } from "./queries";
import { DemandClass } from "./words";

/** How the newest run over every SKU did on weeks it had not seen, by how things sell. */
export function AccuracyPart() {
  const { t } = useLingui();
  const { data: run, error, refetch } = useQuery(accuracyQuery);
  if (error instanceof ApiProblem && error.status === 404) {
    return (
      <EmptyState icon="forecast" title={t`Nothing to judge yet`}>
        {t`Once the nightly run has forecast what you sell, its score against plain repetition is shown here.`}
      </EmptyState>
    );
  }
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return run ? <Judged run={run} /> : <LinesSkeleton lines={8} />;
}

function Judged({ run }: { run: Accuracy }) {
  const { t } = useLingui();
  const wins = run.classes.filter((one) => !one.uses_naive && one.series > 0).length;
  return (
    <>
      <StatRow>
        <StatTile label={t`SKUs and places forecast`} value={quantity(run.series)} />
        <StatTile
          label={t`Took`}
          value={t`${quantity((run.seconds ?? 0).toFixed(1))} s`}
          note={<DateTime value={run.made_at} relative />}
        />
        <StatTile
          label={t`Better than repetition`}
          value={t`${wins} of ${run.classes.filter((one) => one.series > 0).length}`}
          note={t`kinds of demand; where not, last week is repeated`}
        />
      </StatRow>
      <Card
        flush
        title={t`By how things sell`}
        lead={t`RMSSE, lower is better. Measured on the last weeks, which the methods had not seen.`}
      >
        <ClassTable run={run} />
      </Card>
    </>
  );
}

type ClassRow = Accuracy["classes"][number];

const rowId = (row: ClassRow) => row.demand_class;
const score = (kept: Record<string, number> | null) =>
  kept?.rmsse === undefined ? "–" : quantity(kept.rmsse.toFixed(3));

function ClassTable({ run }: { run: Accuracy }) {
  const { t } = useLingui();
  const columns: SimpleColumn<ClassRow>[] = [
    { id: "class", header: t`How it sells`, cell: (row) => <DemandClass name={row.demand_class} /> },
    { id: "series", header: t`SKUs`, align: "right", cell: (row) => quantity(row.series) },
    { id: "ours", header: t`Ours`, align: "right", cell: (row) => score(row.score) },
    { id: "naive", header: t`Last week repeated`, align: "right", cell: (row) => score(row.naive) },
    {
      id: "coverage",
      header: t`Stayed below the 95 % line`,
      align: "right",
      cell: ({ coverage }) => (coverage?.["0.95"] === undefined ? "–" : percent(coverage["0.95"], 1)),
    },
    { id: "reason", header: t`What is used`, cell: (row) => row.reason },
  ];
  return (
    <SimpleTable
      label={t`By how things sell`}
      columns={columns}
      rows={run.classes.filter((one) => one.series > 0)}
      rowId={rowId}
    />
  );
}
