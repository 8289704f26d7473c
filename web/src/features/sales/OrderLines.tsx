import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { Code, Money, Quantity, type SimpleColumn, SimpleTable } from "@/design";
import { Anchor } from "@/lib/Anchor";
import { sign } from "@/lib/decimal";
import type { Order, OrderLine } from "./queries";

const rowId = (line: OrderLine) => line.id;

/** What was ordered, how far each line is, and what it adds up to. */
export function OrderLines({ order }: { order: Order }) {
  const { t } = useLingui();
  const columns: SimpleColumn<OrderLine>[] = [
    { id: "sku", header: t`Product`, cell: (line) => <LineName line={line} /> },
    {
      id: "quantity",
      header: t`Ordered`,
      align: "right",
      cell: (line) => <Quantity value={line.quantity} />,
    },
    {
      id: "allocated",
      header: t`Reserved`,
      align: "right",
      cell: (line) => <Quantity value={line.allocated} quietZero />,
    },
    {
      id: "shipped",
      header: t`Shipped`,
      align: "right",
      cell: (line) => <Quantity value={line.shipped} quietZero />,
    },
    { id: "waiting", header: t`Waits`, align: "right", cell: (line) => <Waits line={line} /> },
    {
      id: "price",
      header: t`Price`,
      align: "right",
      cell: (line) => <Money value={line.unit_price} currency={order.currency} />,
    },
    {
      id: "amount",
      header: t`Amount`,
      align: "right",
      cell: (line) => <Money value={line.amount} currency={order.currency} />,
    },
  ];
  const money = (value: string) => <Money value={value} currency={order.currency} />;
  const parts = [
    { label: t`Items`, value: order.items },
    { label: t`Discount`, value: `-${order.discount}` },
    { label: t`Shipping`, value: order.shipping },
    { label: t`Tax`, value: order.tax },
    { label: t`Other`, value: order.other },
  ].filter((part) => sign(part.value) !== 0);
  const fees =
    sign(order.fees) === 0 ? [] : [{ label: t`Fees kept by the channel`, value: money(order.fees) }];
  return (
    <SimpleTable
      label={t`Lines`}
      columns={columns}
      rows={order.lines}
      rowId={rowId}
      foot={[
        ...parts.map((part) => ({ label: part.label, value: money(part.value) })),
        { label: t`Total`, value: money(order.total), strong: true },
        ...fees,
      ]}
    />
  );
}

function LineName({ line }: { line: OrderLine }) {
  const places = line.allocations.map((one) => one.warehouse).join(", ");
  return (
    <Box sx={{ minWidth: 160 }}>
      <Box sx={{ fontWeight: 600 }}>
        {line.sku_id ? (
          <Anchor href={`/products/${line.sku}`} style={{ textDecoration: "none" }}>
            {line.name ?? line.sku}
          </Anchor>
        ) : (
          (line.name ?? line.sku)
        )}
      </Box>
      <Box sx={{ color: "text.secondary", fontSize: "0.8125rem" }}>
        <Code>{line.sku}</Code>
        {places && ` · ${places}`}
      </Box>
    </Box>
  );
}

function Waits({ line }: { line: OrderLine }) {
  const { t } = useLingui();
  const waits = sign(line.waiting) > 0;
  return (
    <Quantity
      value={line.waiting}
      quietZero
      low={waits ? line.waiting : undefined}
      lowLabel={t`no stock yet`}
    />
  );
}
