import { useLingui } from "@lingui/react/macro";
import { StatusChip, type Tone } from "@/design";

const statusTones: Record<string, Tone> = {
  planned: "neutral",
  counting: "busy",
  review: "warn",
  approved: "info",
  posted: "good",
  cancelled: "neutral",
};

export function useCountStatuses(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "planned", label: t`Planned` },
    { value: "counting", label: t`Being counted` },
    { value: "review", label: t`To be approved` },
    { value: "approved", label: t`Ready to post` },
    { value: "posted", label: t`Posted` },
    { value: "cancelled", label: t`Cancelled` },
  ];
}

export function CountStatus({ status }: { status: string }) {
  const label = useCountStatuses().find((one) => one.value === status)?.label ?? status;
  return <StatusChip label={label} tone={statusTones[status]} />;
}

export function useCountKinds(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "full", label: t`Full count` },
    { value: "cycle", label: t`Cycle count` },
  ];
}

export function CountKind({ kind }: { kind: string }) {
  return <span>{useCountKinds().find((one) => one.value === kind)?.label ?? kind}</span>;
}

/** Why a line is counted again. */
export function RecountReason({ why }: { why: string | null | undefined }) {
  const { t } = useLingui();
  const words: Record<string, string> = {
    differ: t`Two counters differed`,
    moved: t`Stock moved while it was counted`,
    tolerance: t`Further off than allowed`,
    asked: t`Asked for again`,
  };
  return why ? <StatusChip label={words[why] ?? why} tone="warn" /> : null;
}

/** Why shelf and ledger differ, in the words of people at a shelf. */
export function useDifferenceReasons(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "lost or stolen", label: t`Lost or stolen` },
    { value: "damaged", label: t`Damaged` },
    { value: "misplaced", label: t`Misplaced` },
    { value: "wrong receipt", label: t`Received wrongly` },
    { value: "wrong shipment", label: t`Shipped wrongly` },
    { value: "not written down", label: t`Not written down` },
    { value: "found", label: t`Found` },
  ];
}

/** By what a schedule chooses what is counted. */
export function useMethods(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "class", label: t`A class (ABC)` },
    { value: "high_value", label: t`What is worth much` },
    { value: "zone", label: t`A bin or zone` },
    { value: "sample", label: t`A random sample` },
    { value: "suspicion", label: t`What looks wrong` },
  ];
}
