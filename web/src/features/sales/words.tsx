import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { StatusChip, type Tone } from "@/design";

const tones: Record<string, Tone> = {
  pending: "info",
  processing: "busy",
  partial: "warn",
  shipped: "good",
  delivered: "good",
  cancelled: "neutral",
  returned: "neutral",
};

export function useStatuses(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "pending", label: t`Pending` },
    { value: "processing", label: t`Processing` },
    { value: "partial", label: t`Partly shipped` },
    { value: "shipped", label: t`Shipped` },
    { value: "delivered", label: t`Delivered` },
    { value: "cancelled", label: t`Cancelled` },
    { value: "returned", label: t`Returned` },
  ];
}

interface OrderState {
  status: string;
  on_hold: boolean;
  backordered: boolean;
}

/** Where an order stands; that it waits, for stock or for a person, stands beside it. */
export function OrderStatus({ order }: { order: OrderState }) {
  const { t } = useLingui();
  const label = useStatuses().find((one) => one.value === order.status)?.label ?? order.status;
  return (
    <Box component="span" sx={{ display: "inline-flex", flexWrap: "wrap", gap: 0.5 }}>
      <StatusChip label={label} tone={tones[order.status]} />
      {order.on_hold && <StatusChip label={t`On hold`} tone="warn" />}
      {order.backordered && <StatusChip label={t`Waits for stock`} tone="bad" />}
    </Box>
  );
}

export function useSourceName(): (source: string) => string {
  const { t } = useLingui();
  const names: Record<string, string> = { manual: t`By hand`, import: t`Imported`, channel: t`Channel` };
  return (source) => names[source] ?? source;
}
