import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Card, Delta, Explain, Money, type SimpleColumn, SimpleTable, StatRow, StatTile } from "@/design";
import { money, quantity } from "@/lib/format";
import { type Count, reportQuery } from "./queries";
import { useDifferenceReasons } from "./words";

type Summary = NonNullable<Count["summary"]>;

/** What the count found: how much of it was right, and what the rest is worth. */
export function Findings({ count }: { count: Count }) {
  const { summary } = count;
  return summary ? (
    <>
      <Tiles summary={summary} currency={count.currency} />
      {summary.accurate < summary.lines && <Reasons count={count} />}
    </>
  ) : null;
}

function Tiles({ summary, currency }: { summary: Summary; currency: string }) {
  const { t } = useLingui();
  const share = (value: string | null) => (value === null ? "–" : `${quantity(value)} %`);
  return (
    <StatRow>
      <StatTile
        label={t`Lines that were right`}
        value={share(summary.by_lines)}
        note={t`${quantity(summary.accurate)} of ${quantity(summary.lines)}`}
      />
      <StatTile
        label={t`Value that was right`}
        value={share(summary.by_value)}
        note={t`of ${money(summary.expected_value, currency)}`}
      />
      <StatTile
        label={t`Difference`}
        value={money(summary.net_value, currency)}
        note={t`more and less set off`}
      />
      <StatTile
        label={t`Off in all`}
        value={money(summary.absolute_value, currency)}
        note={
          summary.uncosted ? t`${summary.uncosted} differences without a cost` : t`more and less added up`
        }
        explain={
          <Explain
            label={t`Off in all`}
            formula={t`Sum over lines of |counted − expected| × unit cost. Expected is what the ledger said when the line was counted, with what happened before and was written down later.`}
          />
        }
      />
    </StatRow>
  );
}

function Reasons({ count }: { count: Count }) {
  const { t } = useLingui();
  const { data: report } = useQuery(reportQuery(count.id));
  const names = useDifferenceReasons();
  type Row = NonNullable<typeof report>["reasons"][number];
  const columns: SimpleColumn<Row>[] = [
    {
      id: "reason",
      header: t`Reason`,
      cell: ({ reason }) => names.find((one) => one.value === reason)?.label ?? reason ?? t`Not explained`,
    },
    { id: "lines", header: t`Lines`, align: "right", cell: (row) => quantity(row.lines) },
    { id: "quantity", header: t`Units`, align: "right", cell: (row) => <Delta value={row.quantity} /> },
    {
      id: "value",
      header: t`Value`,
      align: "right",
      cell: (row) => <Money value={row.value} currency={count.currency} />,
    },
  ];
  if (!report) return null;
  return (
    <Card title={t`By reason`} flush>
      <SimpleTable
        label={t`By reason`}
        columns={columns}
        rows={report.reasons}
        rowId={(row) => row.reason ?? ""}
      />
    </Card>
  );
}
