import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Code, DateTime, Missing, Named, Quantity, StatusChip } from "@/design";
import type { Column } from "@/design/table";
import { quantity } from "@/lib/format";
import { LogDetail } from "./LogDetail";
import type { Channel, Listing, Log } from "./queries";
import { Health, Outcome, TypeName, useLogKinds } from "./words";

export const channelColumns: Column<Channel>[] = [
  {
    id: "name",
    header: msg`Channel`,
    sort: "name",
    width: 190,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.code}</Code>} />,
  },
  {
    id: "health",
    header: msg`State`,
    width: 150,
    card: "trail",
    cell: (row) => <Health health={row.health} />,
  },
  { id: "type", header: msg`Type`, sort: "type", width: 120, cell: (row) => <TypeName type={row.type} /> },
  {
    id: "ok_at",
    header: msg`Last answer`,
    sort: "ok_at",
    width: 115,
    cell: (row) => <DateTime value={row.ok_at} relative />,
  },
  {
    id: "synced_at",
    header: msg`Compared`,
    sort: "synced_at",
    width: 115,
    cell: (row) => <DateTime value={row.synced_at} relative />,
  },
  {
    id: "buffer",
    header: msg`Held back`,
    sort: "buffer",
    width: 95,
    align: "right",
    cell: (row) => <Quantity value={row.buffer} quietZero />,
  },
  {
    id: "priority",
    header: msg`Order of service`,
    sort: "priority",
    width: 140,
    align: "right",
    optional: true,
    cell: (row) => <span>{quantity(row.priority)}</span>,
  },
  {
    id: "error",
    header: msg`Last error`,
    width: 170,
    grow: 1.5,
    cell: (row) => (row.error ? <span title={row.error}>{row.error}</span> : <Missing />),
  },
];

function Step({ row }: { row: Listing }) {
  const { t } = useLingui();
  if (row.dead) return <StatusChip label={t`Given up`} tone="bad" />;
  if (row.in_step) return <StatusChip label={t`In step`} tone="good" />;
  return (
    <StatusChip label={row.error ? t`Trying again` : t`On its way`} tone={row.error ? "warn" : "busy"} />
  );
}

export const listingColumns: Column<Listing>[] = [
  {
    id: "sku",
    header: msg`Product`,
    sort: "sku",
    width: 220,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} />,
  },
  {
    id: "wanted",
    header: msg`Should show`,
    sort: "wanted",
    width: 120,
    align: "right",
    cell: (row) => <Quantity value={row.wanted} />,
  },
  {
    id: "acknowledged",
    header: msg`Shows`,
    sort: "acknowledged",
    width: 120,
    align: "right",
    cell: (row) => <Quantity value={row.acknowledged} />,
  },
  { id: "step", header: msg`State`, width: 150, card: "trail", cell: (row) => <Step row={row} /> },
  {
    id: "acknowledged_at",
    header: msg`Acknowledged`,
    sort: "acknowledged_at",
    width: 150,
    card: "lead",
    cell: (row) => <DateTime value={row.acknowledged_at} relative />,
  },
  {
    id: "external_id",
    header: msg`Their id`,
    width: 160,
    optional: true,
    cell: (row) => (row.external_id ? <Code>{row.external_id}</Code> : <Missing />),
  },
  {
    id: "error",
    header: msg`Error`,
    width: 190,
    grow: 2,
    cell: (row) => (row.error ? <span title={row.error}>{row.error}</span> : <Missing />),
  },
];

function LogKind({ kind }: { kind: string }) {
  return <span>{useLogKinds().find(({ value }) => value === kind)?.label ?? kind}</span>;
}

function Milliseconds({ value }: { value: number | null }) {
  const { t } = useLingui();
  if (value === null) return <Missing />;
  return (
    <span>{value < 10_000 ? t`${quantity(value)} ms` : t`${quantity(Math.round(value / 1000))} s`}</span>
  );
}

export const logColumns: Column<Log>[] = [
  {
    id: "at",
    header: msg`When`,
    sort: "at",
    width: 150,
    card: "lead",
    cell: (row) => <DateTime value={row.at} />,
  },
  {
    id: "kind",
    header: msg`What`,
    width: 145,
    card: "title",
    cell: (row) => <LogKind kind={row.kind} />,
  },
  {
    id: "outcome",
    header: msg`Answer`,
    width: 115,
    card: "trail",
    cell: (row) => <Outcome outcome={row.outcome} />,
  },
  {
    id: "items",
    header: msg`Items`,
    width: 80,
    align: "right",
    cell: (row) => <Quantity value={String(row.items)} quietZero />,
  },
  {
    id: "took",
    header: msg`Took`,
    sort: "took_ms",
    width: 80,
    align: "right",
    cell: (row) => <Milliseconds value={row.took_ms} />,
  },
  {
    id: "lag",
    header: msg`Lag`,
    sort: "lag_ms",
    width: 85,
    align: "right",
    cell: (row) => <Milliseconds value={row.lag_ms} />,
  },
  {
    id: "detail",
    header: msg`Said and answered`,
    width: 280,
    grow: 2,
    cell: (row) => (row.error ? <span title={row.error}>{row.error}</span> : <LogDetail log={row} />),
  },
];
