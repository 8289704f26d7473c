import { useLingui } from "@lingui/react/macro";
import { StatusChip } from "@/design";

export function useRoles(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "staff", label: t`Staff` },
    { value: "admin", label: t`Admin` },
  ];
}

export function RoleName({ role }: { role: string }) {
  return <span>{useRoles().find((one) => one.value === role)?.label ?? role}</span>;
}

export function ActiveChip({ active }: { active: boolean }) {
  const { t } = useLingui();
  return <StatusChip label={active ? t`Active` : t`Locked out`} tone={active ? "good" : "neutral"} />;
}
