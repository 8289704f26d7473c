import { msg } from "@lingui/core/macro";
import { Code, Day, Quantity } from "@/design";
import type { Column } from "@/design/table";
import type { Transfer } from "./queries";
import { TransferStatus } from "./words";

export const transferColumns: Column<Transfer>[] = [
  {
    id: "number",
    header: msg`Transfer`,
    sort: "number",
    width: 90,
    card: "title",
    cell: (row) => (
      <b>
        <Code>T-{row.number}</Code>
      </b>
    ),
  },
  {
    id: "from",
    header: msg`From`,
    sort: "from_warehouse",
    width: 95,
    cell: (row) => <span>{row.from_warehouse}</span>,
  },
  {
    id: "to",
    header: msg`To`,
    sort: "to_warehouse",
    width: 95,
    cell: (row) => <span>{row.to_warehouse}</span>,
  },
  {
    id: "quantity",
    header: msg`Units`,
    width: 75,
    align: "right",
    cell: (row) => <Quantity value={row.quantity} />,
  },
  {
    id: "received",
    header: msg`Received`,
    width: 90,
    align: "right",
    cell: (row) => <Quantity value={row.received} quietZero />,
  },
  {
    id: "created_at",
    header: msg`Written`,
    sort: "created_at",
    width: 110,
    card: "lead",
    cell: (row) => <Day value={row.created_at} />,
  },
  {
    id: "expected_at",
    header: msg`Expected`,
    sort: "expected_at",
    width: 110,
    cell: (row) => <Day value={row.expected_at} />,
  },
  {
    id: "created_by",
    header: msg`By`,
    sort: "created_by",
    width: 86,
    cell: (row) => <span>{row.created_by}</span>,
  },
  {
    id: "status",
    header: msg`Status`,
    sort: "status",
    width: 158,
    card: "trail",
    cell: (row) => <TransferStatus status={row.status} />,
  },
];
