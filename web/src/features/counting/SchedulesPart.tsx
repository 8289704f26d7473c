import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useChange, useList, useMay } from "@/api";
import { DateTime, EmptyState, Icon, Missing, StatusChip } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { quantity } from "@/lib/format";
import { usePanel, usePanelHref } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import { createUsual, type Schedule, scheduleTouches } from "./queries";
import { ScheduleVerbs } from "./ScheduleVerbs";
import { useMethods } from "./words";

const rowId = (row: Schedule) => row.id;

const columns: Column<Schedule>[] = [
  {
    id: "name",
    header: msg`Name`,
    sort: "name",
    width: 180,
    card: "title",
    cell: (row) => <b>{row.name}</b>,
  },
  { id: "method", header: msg`What`, sort: "method", width: 190, cell: (row) => <What schedule={row} /> },
  {
    id: "every",
    header: msg`How often`,
    sort: "every_days",
    width: 130,
    card: "lead",
    cell: (row) => <Often days={row.every_days} />,
  },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 110,
    cell: (row) => row.warehouse ?? <Missing />,
  },
  { id: "most", header: msg`At once`, width: 80, align: "right", cell: (row) => quantity(row.most) },
  {
    id: "last_run_at",
    header: msg`Last looked`,
    sort: "last_run_at",
    width: 140,
    cell: (row) => <DateTime value={row.last_run_at} relative />,
  },
  {
    id: "active",
    header: msg`State`,
    sort: "active",
    width: 100,
    card: "trail",
    cell: (row) => <State active={row.active} />,
  },
  {
    id: "verbs",
    header: msg`Actions`,
    hideHeader: true,
    width: 56,
    grow: 0,
    align: "right",
    card: "trail",
    cell: (row) => <ScheduleVerbs schedule={row} />,
  },
];

function What({ schedule }: { schedule: Schedule }) {
  const { t } = useLingui();
  const name = useMethods().find((one) => one.value === schedule.method)?.label ?? schedule.method;
  const by =
    schedule.abc ?? schedule.bin ?? (schedule.value_above && t`from ${quantity(schedule.value_above)}`);
  return <span>{by ? `${name}: ${by}` : name}</span>;
}

function Often({ days }: { days: number }) {
  const { t } = useLingui();
  const known: Record<number, string> = {
    1: t`Daily`,
    7: t`Weekly`,
    30: t`Monthly`,
    91: t`Quarterly`,
    365: t`Yearly`,
  };
  return <span>{known[days] ?? t`Every ${days} days`}</span>;
}

function State({ active }: { active: boolean }) {
  const { t } = useLingui();
  return <StatusChip label={active ? t`On` : t`Off`} tone={active ? "good" : "neutral"} />;
}

/** Which items are counted how often. Each night a count is planned of what is due. */
export function SchedulesPart() {
  const { t } = useLingui();
  const panel = usePanel();
  const href = usePanelHref();
  const mayPlan = useMay("counting.plan");
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/count-schedules", resource: "count-schedules", view, setView });
  const usual = useChange({
    change: createUsual,
    touches: scheduleTouches,
    said: (made) => t`${made.length} schedules are in force.`,
  });
  const add = mayPlan && (
    <Button variant="outlined" startIcon={<Icon name="plus" />} onClick={() => panel.open("count-schedule")}>
      {t`New schedule`}
    </Button>
  );
  return (
    <DataTable
      id="count-schedules"
      label={t`Schedules`}
      list={list}
      columns={columns}
      rowId={rowId}
      rowHref={mayPlan ? (row) => href("count-schedule", { id: row.id }) : undefined}
      actions={add}
      empty={
        <EmptyState
          icon="calendar"
          title={t`Nothing is counted by schedule`}
          action={
            mayPlan && (
              <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", justifyContent: "center" }}>
                <Button variant="contained" loading={usual.isPending} onClick={() => usual.mutate(undefined)}>
                  {t`Use the usual schedules`}
                </Button>
                {add}
              </Box>
            )
          }
        >
          {t`As usual: class A monthly, B quarterly, C yearly, high value monthly, and what looks wrong daily.`}
        </EmptyState>
      }
    />
  );
}
