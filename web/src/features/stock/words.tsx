import { useLingui } from "@lingui/react/macro";
import { StatusChip, type Tone } from "@/design";
import { Anchor } from "@/lib/Anchor";
import type { Movement, Reservation } from "./queries";

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

export function useReservationStatuses(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "open", label: t`Held` },
    { value: "committed", label: t`Shipped` },
    { value: "released", label: t`Released` },
    { value: "expired", label: t`Expired` },
    { value: "broken", label: t`Broken` },
  ];
}

const reservationTones: Record<string, Tone> = { open: "info", committed: "good", broken: "bad" };

export function ReservationStatus({ status }: { status: string }) {
  const label = useReservationStatuses().find((one) => one.value === status)?.label ?? status;
  return <StatusChip label={label} tone={reservationTones[status]} />;
}

export function HolderName({ reservation }: { reservation: Reservation }) {
  const { t } = useLingui();
  const names: Record<string, string> = { manual: t`By hand`, order: t`Order`, transfer: t`Transfer` };
  const name = names[reservation.holder_kind] ?? reservation.holder_kind;
  if (reservation.holder_kind !== "order" || !reservation.holder_id) return <span>{name}</span>;
  return <Anchor href={`/orders/${reservation.holder_id}`}>{name}</Anchor>;
}

export function useShortageKinds(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "fact", label: t`More left than was there` },
    { value: "promise", label: t`Promised stock was taken` },
  ];
}

export function ShortageKind({ kind }: { kind: string }) {
  return <span>{useShortageKinds().find((one) => one.value === kind)?.label ?? kind}</span>;
}

export function useShortageStatuses(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "open", label: t`Open` },
    { value: "resolved", label: t`Settled` },
  ];
}

export function ShortageStatus({ status }: { status: string }) {
  const label = useShortageStatuses().find((one) => one.value === status)?.label ?? status;
  return <StatusChip label={label} tone={status === "open" ? "bad" : "good"} />;
}
