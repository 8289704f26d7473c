import { useLingui } from "@lingui/react/macro";
import { StatusChip, type Tone } from "@/design";

const tone: Record<string, Tone> = { active: "good", draft: "info", archived: "neutral" };

export function useProductStatuses(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "active", label: t`Active` },
    { value: "draft", label: t`Draft` },
    { value: "archived", label: t`Archived` },
  ];
}

export function ProductStatus({ status }: { status: string }) {
  const label = useProductStatuses().find((one) => one.value === status)?.label ?? status;
  return <StatusChip label={label} tone={tone[status]} />;
}
