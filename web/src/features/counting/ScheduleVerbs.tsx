import { useLingui } from "@lingui/react/macro";
import { useChange, useMay } from "@/api";
import { RowMenu } from "@/design";
import { changeSchedule, removeSchedule, runSchedule, type Schedule, scheduleTouches } from "./queries";

/** What can be done with one schedule. */
export function ScheduleVerbs({ schedule }: { schedule: Schedule }) {
  const { t } = useLingui();
  const mayPlan = useMay("counting.plan");
  const { id, name, active } = schedule;
  const touches = scheduleTouches;
  const run = useChange({
    change: () => runSchedule(id),
    touches,
    said: (made) => (made.length ? t`${made.length} counts are planned.` : t`Nothing is due by ${name}.`),
  });
  const turn = useChange({ change: () => changeSchedule(id, { active: !active }), touches });
  const remove = useChange({ change: () => removeSchedule(id), touches, said: () => t`${name} is gone.` });
  if (!mayPlan) return null;
  return (
    <RowMenu
      label={t`Actions for ${name}`}
      verbs={[
        { label: t`Plan its count now`, icon: "play", run: () => run.mutate(undefined) },
        { label: active ? t`Switch off` : t`Switch on`, icon: "refresh", run: () => turn.mutate(undefined) },
        { label: t`Remove`, icon: "trash", danger: true, run: () => remove.mutate(undefined) },
      ]}
    />
  );
}
