import { msg } from "@lingui/core/macro";
import { Plural } from "@lingui/react/macro";
import { Code, DateTime } from "@/design";
import type { Column } from "@/design/table";
import type { Transfer } from "./queries";
import { TransferVerbs } from "./TransferVerbs";
import { TransferStatus } from "./words";

export const transferColumns: Column<Transfer>[] = [
  {
    id: "number",
    header: msg`Transfer`,
    sort: "number",
    width: 120,
    card: "title",
    cell: (row) => (
      <b>
        <Code>{row.number}</Code>
      </b>
    ),
  },
  {
    id: "created_at",
    header: msg`Written`,
    sort: "created_at",
    width: 165,
    card: "lead",
    cell: (row) => <DateTime value={row.created_at} />,
  },
  {
    id: "from",
    header: msg`From`,
    sort: "from_warehouse",
    width: 120,
    cell: (row) => <span>{row.from_warehouse}</span>,
  },
  {
    id: "to",
    header: msg`To`,
    sort: "to_warehouse",
    width: 120,
    cell: (row) => <span>{row.to_warehouse}</span>,
  },
  {
    id: "lines",
    header: msg`What`,
    width: 180,
    grow: 1.5,
    cell: (row) => (
      <span>
        <Plural value={row.lines.length} one="# line" other="# lines" />
      </span>
    ),
  },
  {
    id: "status",
    header: msg`Status`,
    sort: "status",
    width: 130,
    card: "trail",
    cell: (row) => <TransferStatus status={row.status} />,
  },
  {
    id: "verbs",
    header: msg`Actions`,
    hideHeader: true,
    width: 56,
    grow: 0,
    align: "right",
    card: "trail",
    cell: (row) => <TransferVerbs transfer={row} />,
  },
];
