import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import {
  BackLink,
  Card,
  DateTime,
  ErrorState,
  Facts,
  Missing,
  Page,
  PageHeader,
  PageSkeleton,
  width,
} from "@/design";
import { useChannelName } from "@/features/channels";
import { OrderCosts } from "@/features/costs";
import { Anchor } from "@/lib/Anchor";
import { useParam } from "@/lib/navigation";
import { addressLines } from "./address";
import { History } from "./History";
import { OrderActions } from "./OrderActions";
import { OrderLines } from "./OrderLines";
import { type Order, orderQuery } from "./queries";
import { OrderStatus } from "./words";

export function OrderPage() {
  const { data: order, error, refetch } = useQuery(orderQuery(useParam("id")));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return order ? <Detail order={order} /> : <PageSkeleton />;
}

function Detail({ order }: { order: Order }) {
  const { t } = useLingui();
  const channel = useChannelName()(order.channel ?? order.source);
  const from = order.external_id ? `${channel} · ${order.external_id}` : channel;
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/orders">{t`Orders`}</BackLink>}
        title={
          <Box
            component="span"
            sx={{ display: "inline-flex", flexWrap: "wrap", alignItems: "center", gap: 1.5 }}
          >
            {order.number}
            <OrderStatus order={order} />
          </Box>
        }
        lead={
          <>
            <DateTime value={order.order_date} /> · {from}
          </>
        }
        actions={<OrderActions order={order} />}
      />
      <Box
        sx={{
          display: "grid",
          gap: 2.5,
          gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: width.besidePanel },
          alignItems: "start",
        }}
      >
        <Box sx={{ display: "grid", gap: 2.5 }}>
          <Card title={t`Lines`} flush>
            <OrderLines order={order} />
          </Card>
          <OrderCosts order={order.id} />
        </Box>
        <Box sx={{ display: "grid", gap: 2.5 }}>
          <Card title={t`Customer`}>
            <Customer order={order} />
          </Card>
          <Card title={t`Shipping`}>
            <Facts
              items={[
                { label: t`To`, value: <Address fields={order.shipping_address} />, wide: true },
                { label: t`Carrier`, value: order.carrier ?? <Missing /> },
                { label: t`Tracking`, value: order.tracking ?? <Missing /> },
                { label: t`Shipped`, value: <DateTime value={order.shipped_at} /> },
                { label: t`From`, value: order.warehouse ?? t`by priority` },
              ]}
            />
          </Card>
          {order.note && <Card title={t`Note`}>{order.note}</Card>}
          <Card title={t`History`}>
            <History changes={order.history} />
          </Card>
        </Box>
      </Box>
    </Page>
  );
}

function Customer({ order }: { order: Order }) {
  const { t } = useLingui();
  const { customer } = order;
  if (!customer)
    return (
      <Box sx={{ color: "text.secondary", fontSize: "0.875rem" }}>{t`Nobody is named on this order.`}</Box>
    );
  return (
    <Box sx={{ fontSize: "0.9rem" }}>
      <Box sx={{ fontWeight: 600 }}>{customer.name}</Box>
      <Box sx={{ color: "text.secondary" }}>{customer.email}</Box>
      <Box
        component={Anchor}
        href={`/orders?filter[customer_id]=${customer.id}`}
        sx={{ color: "primary.main", fontSize: "0.875rem" }}
      >
        {t`All their orders`}
      </Box>
    </Box>
  );
}

function Address({ fields }: { fields: Record<string, unknown> | null }) {
  const lines = addressLines(fields);
  if (!lines.length) return <Missing />;
  return (
    <Box component="address" sx={{ fontStyle: "normal" }}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </Box>
  );
}
