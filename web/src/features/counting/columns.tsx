import { msg } from "@lingui/core/macro";
import { Code, Day, Missing, Money, Quantity } from "@/design";
import type { Column } from "@/design/table";
import type { CountRow } from "./queries";
import { CountKind, CountStatus } from "./words";

export const countColumns: Column<CountRow>[] = [
  {
    id: "number",
    header: msg`Count`,
    sort: "number",
    width: 90,
    card: "title",
    cell: (row) => (
      <b>
        <Code>C-{row.number}</Code>
      </b>
    ),
  },
  {
    id: "name",
    header: msg`Name`,
    sort: "name",
    width: 170,
    cell: (row) => (row.name ? <span>{row.name}</span> : <Missing />),
  },
  { id: "kind", header: msg`Kind`, sort: "kind", width: 110, cell: (row) => <CountKind kind={row.kind} /> },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 110,
    card: "lead",
    cell: (row) => <span>{row.warehouse}</span>,
  },
  {
    id: "counted",
    header: msg`Counted`,
    width: 105,
    align: "right",
    cell: (row) => (
      <span>
        <Quantity value={String(row.counted)} /> / <Quantity value={String(row.lines)} />
      </span>
    ),
  },
  {
    id: "net_value",
    header: msg`Difference`,
    width: 110,
    align: "right",
    cell: (row) => (row.net_value === null ? <Missing /> : <Money value={row.net_value} />),
  },
  {
    id: "created_at",
    header: msg`Planned`,
    sort: "created_at",
    width: 110,
    cell: (row) => <Day value={row.created_at} />,
  },
  {
    id: "posted_at",
    header: msg`Posted`,
    sort: "posted_at",
    width: 110,
    cell: (row) => <Day value={row.posted_at} />,
  },
  {
    id: "status",
    header: msg`Status`,
    sort: "status",
    width: 150,
    card: "trail",
    cell: (row) => <CountStatus status={row.status} />,
  },
];
