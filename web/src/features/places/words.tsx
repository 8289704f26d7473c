import { useLingui } from "@lingui/react/macro";
import { StatusChip } from "@/design";

export function useKinds(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "warehouse", label: t`Warehouse` },
    { value: "store", label: t`Store` },
    { value: "3pl", label: t`Third-party logistics` },
    { value: "consignment", label: t`Consignment` },
    { value: "van", label: t`Van` },
  ];
}

export function KindName({ kind }: { kind: string }) {
  return <span>{useKinds().find((one) => one.value === kind)?.label ?? kind}</span>;
}

export function SellsChip({ active }: { active: boolean }) {
  const { t } = useLingui();
  return <StatusChip label={active ? t`Serves orders` : t`Closed`} tone={active ? "good" : "neutral"} />;
}
