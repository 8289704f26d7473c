import { useLingui } from "@lingui/react/macro";
import type { ComponentType } from "react";
import { LinkTabs, Page, PageHeader } from "@/design";
import { useParam } from "@/lib/navigation";
import { AbcPart } from "./AbcPart";
import { AccuracyPart } from "./AccuracyPart";
import { CountsPart } from "./CountsPart";
import { DuePart } from "./DuePart";
import { PlanButton } from "./PlanButton";
import { RulesPart } from "./RulesPart";
import { SchedulesPart } from "./SchedulesPart";

const parts: Record<string, ComponentType> = {
  counts: CountsPart,
  due: DuePart,
  schedules: SchedulesPart,
  abc: AbcPart,
  accuracy: AccuracyPart,
  rules: RulesPart,
};
const whole = new Set(["rules", "accuracy", "abc"]);

/** What is counted, what is due, and how far to believe the numbers. */
export function CountingPage() {
  const { t } = useLingui();
  const part = useParam("part") || "counts";
  const Part = parts[part] ?? CountsPart;
  const tabs = [
    { href: "/counting/counts", label: t`Counts` },
    { href: "/counting/due", label: t`Due` },
    { href: "/counting/schedules", label: t`Schedules` },
    { href: "/counting/abc", label: t`ABC analysis` },
    { href: "/counting/accuracy", label: t`Accuracy` },
    { href: "/counting/rules", label: t`Rules` },
  ];
  return (
    <Page fill={!whole.has(part)}>
      <PageHeader
        title={t`Counting`}
        lead={t`What is counted, what is due, and how far to believe the numbers.`}
        actions={<PlanButton />}
      />
      <LinkTabs label={t`Counting`} tabs={tabs} current={`/counting/${part}`} />
      <Part />
    </Page>
  );
}
