import { useLingui } from "@lingui/react/macro";
import { StatusChip } from "@/design";

export function OpenChip({ open }: { open: boolean }) {
  const { t } = useLingui();
  return <StatusChip label={open ? t`Active` : t`Inactive`} tone={open ? "good" : "neutral"} />;
}
