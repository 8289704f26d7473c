import { useLingui } from "@lingui/react/macro";
import { StatusChip } from "@/design";
import type { Entry } from "./queries";

/** Kinds of cost entries, in words. */
export function useKinds(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "landed", label: t`Landed cost` },
    { value: "bill", label: t`Late bill` },
    { value: "costed", label: t`Cost told later` },
    { value: "backdated", label: t`Receipt told of late` },
    { value: "method", label: t`Change of method` },
  ];
}

export function useCharges(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "freight", label: t`Freight` },
    { value: "duty", label: t`Duty` },
    { value: "insurance", label: t`Insurance` },
    { value: "handling", label: t`Handling` },
    { value: "other", label: t`Other` },
  ];
}

export function useMethods(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "fifo", label: t`First in, first out` },
    { value: "lifo", label: t`Last in, first out` },
    { value: "average", label: t`Weighted average` },
  ];
}

const wordOf = (options: { value: string; label: string }[], value: string | null) =>
  options.find((one) => one.value === value)?.label ?? value ?? "";

export function EntryKind({ entry }: { entry: Entry }) {
  const { t } = useLingui();
  const kinds = useKinds();
  const charges = useCharges();
  const word = entry.charge ? wordOf(charges, entry.charge) : wordOf(kinds, entry.kind);
  return (
    <>
      {word} {entry.reversed && <StatusChip tone="neutral" label={t`taken back`} />}
      {entry.reverses_id && <StatusChip tone="neutral" label={t`takes back`} />}
    </>
  );
}
