import { useLingui } from "@lingui/react/macro";
import { StatusChip, type Tone } from "@/design";
import type { Movement } from "./queries";

export function useMovementTypes(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "purchase", label: t`Purchase` },
    { value: "sale", label: t`Sale` },
    { value: "adjustment", label: t`Adjustment` },
    { value: "transfer", label: t`Transfer` },
    { value: "return", label: t`Return` },
    { value: "count", label: t`Count` },
    { value: "waste", label: t`Waste` },
    { value: "production", label: t`Production` },
    { value: "opening", label: t`Opening` },
  ];
}

const typeTones: Record<string, Tone> = {
  sale: "good",
  waste: "bad",
  transfer: "busy",
  return: "warn",
  purchase: "info",
};

export function MovementType({ movement }: { movement: Movement }) {
  const { t } = useLingui();
  const types = useMovementTypes();
  const name = types.find((one) => one.value === movement.type)?.label ?? t`Reservation`;
  return <StatusChip label={name} tone={typeTones[movement.type]} />;
}

const transferTones: Record<string, Tone> = {
  pending: "info",
  in_transit: "busy",
  completed: "good",
  cancelled: "neutral",
};

export function useTransferStatuses(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "pending", label: t`Pending` },
    { value: "in_transit", label: t`In transit` },
    { value: "completed", label: t`Completed` },
    { value: "cancelled", label: t`Cancelled` },
  ];
}

export function TransferStatus({ status }: { status: string }) {
  const label = useTransferStatuses().find((one) => one.value === status)?.label ?? status;
  return <StatusChip label={label} tone={transferTones[status]} />;
}
