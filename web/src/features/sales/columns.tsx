import { msg } from "@lingui/core/macro";
import { Code, DateTime, Missing, Money, Quantity } from "@/design";
import type { Column } from "@/design/table";
import { ChannelName } from "@/features/channels";
import type { OrderRow } from "./queries";
import { OrderStatus } from "./words";

export const orderColumns: Column<OrderRow>[] = [
  {
    id: "number",
    header: msg`Order`,
    sort: "number",
    width: 130,
    card: "title",
    cell: (row) => (
      <b>
        <Code>{row.number}</Code>
      </b>
    ),
  },
  {
    id: "order_date",
    header: msg`Date`,
    sort: "order_date",
    width: 165,
    card: "lead",
    cell: (row) => <DateTime value={row.order_date} />,
  },
  {
    id: "customer",
    header: msg`Customer`,
    sort: "customer",
    width: 180,
    grow: 1.6,
    cell: (row) => (row.customer ? <span>{row.customer}</span> : <Missing />),
  },
  {
    id: "channel",
    header: msg`Channel`,
    sort: "channel",
    width: 130,
    cell: (row) => <ChannelName code={row.channel ?? row.source} />,
  },
  {
    id: "units",
    header: msg`Units`,
    width: 80,
    align: "right",
    cell: (row) => <Quantity value={row.units} />,
  },
  {
    id: "total",
    header: msg`Total`,
    sort: "total",
    width: 110,
    align: "right",
    cell: (row) => <Money value={row.total} currency={row.currency} />,
  },
  {
    id: "status",
    header: msg`Status`,
    sort: "status",
    width: 170,
    grow: 1.2,
    card: "trail",
    cell: (row) => <OrderStatus order={row} />,
  },
  {
    id: "external_id",
    header: msg`Their number`,
    sort: "external_id",
    width: 140,
    optional: true,
    cell: (row) => (row.external_id ? <Code>{row.external_id}</Code> : <Missing />),
  },
  {
    id: "shipped_at",
    header: msg`Shipped`,
    sort: "shipped_at",
    width: 165,
    optional: true,
    cell: (row) => <DateTime value={row.shipped_at} />,
  },
];
