import { useLingui } from "@lingui/react/macro";
import type { ComponentType } from "react";
import { useMay } from "@/api";
import { LinkTabs, Page, PageHeader } from "@/design";
import { UnitsPart } from "@/features/units";
import { useParam } from "@/lib/navigation";
import { AuditLog } from "./AuditLog";
import { Keys } from "./Keys";
import { OrganizationForm } from "./OrganizationForm";
import { People } from "./People";

const parts: Record<string, ComponentType> = {
  organization: OrganizationForm,
  people: People,
  units: UnitsPart,
  keys: Keys,
  audit: AuditLog,
};

export function SettingsPage() {
  const { t } = useLingui();
  const part = useParam("part") || "organization";
  const mayPeople = useMay("people.read");
  const mayUnits = useMay("units.read");
  const mayAudit = useMay("audit.read");
  const tabs = [
    { href: "/settings/organization", label: t`Organization`, shown: true },
    { href: "/settings/units", label: t`Units`, shown: mayUnits },
    { href: "/settings/people", label: t`People`, shown: mayPeople },
    { href: "/settings/keys", label: t`API keys`, shown: mayPeople },
    { href: "/settings/audit", label: t`Audit log`, shown: mayAudit },
  ];
  const Part = parts[part] ?? OrganizationForm;
  return (
    <Page fill={part !== "organization"}>
      <PageHeader title={t`Settings`} />
      <LinkTabs label={t`Settings`} tabs={tabs.filter((tab) => tab.shown)} current={`/settings/${part}`} />
      <Part />
    </Page>
  );
}
