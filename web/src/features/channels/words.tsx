import { useLingui } from "@lingui/react/macro";
import { StatusChip, type Tone } from "@/design";
import type { Conflict, Resolution } from "./queries";

const healthTones: Record<string, Tone> = {
  new: "info",
  ok: "good",
  degraded: "warn",
  down: "bad",
  paused: "neutral",
  manual: "neutral",
};

function useHealths(): Record<string, string> {
  const { t } = useLingui();
  return {
    new: t`Not heard from yet`,
    ok: t`In step`,
    degraded: t`Trying again`,
    down: t`Not answering`,
    paused: t`Paused`,
    manual: t`By hand`,
  };
}

/** How a channel does, in two or three words. */
export function Health({ health }: { health: string }) {
  return <StatusChip label={useHealths()[health] ?? health} tone={healthTones[health]} />;
}

export function useTypes(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "marketplace", label: t`Marketplace` },
    { value: "online_store", label: t`Online store` },
    { value: "physical_store", label: t`Shop` },
  ];
}

export function TypeName({ type }: { type: string }) {
  return <span>{useTypes().find(({ value }) => value === type)?.label ?? type}</span>;
}

/** What was said to a channel, or heard from it. */
export function useLogKinds(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "push", label: t`Numbers sent` },
    { value: "describe", label: t`Articles described` },
    { value: "pull", label: t`Orders asked for` },
    { value: "webhook", label: t`Order received` },
    { value: "tell", label: t`Order reported` },
    { value: "sync", label: t`Sync` },
  ];
}

export function useOutcomes(): { value: string; label: string; tone: Tone }[] {
  const { t } = useLingui();
  return [
    { value: "ok", label: t`Taken`, tone: "good" },
    { value: "partial", label: t`Partly taken`, tone: "warn" },
    { value: "failed", label: t`Failed`, tone: "bad" },
  ];
}

export function Outcome({ outcome }: { outcome: string }) {
  const known = useOutcomes().find(({ value }) => value === outcome);
  return <StatusChip label={known?.label ?? outcome} tone={known?.tone} />;
}

export function useConflictKinds(): Record<Conflict["kind"], string> {
  const { t } = useLingui();
  return {
    oversell: t`Sold more than there is`,
    mismatch: t`Unknown article sold`,
    failed_sync: t`Not taken by the channel`,
  };
}

export function useResolutions(): Record<Resolution, string> {
  const { t } = useLingui();
  return {
    backorder: t`Let it wait for stock`,
    transfer: t`Fetch it from elsewhere`,
    cancel: t`Cancel the order`,
    create_product: t`Look for it again`,
    retry: t`Try again`,
    dismiss: t`Dismiss`,
  };
}

/** What a person may answer to each kind of conflict. */
export const answers: Record<Conflict["kind"], Resolution[]> = {
  oversell: ["backorder", "transfer", "cancel", "dismiss"],
  mismatch: ["create_product", "cancel", "dismiss"],
  failed_sync: ["retry", "dismiss"],
};
