import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { EmptyState } from "@/design";
import { DataTable, type Filter } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { useUrlView } from "@/lib/view";
import { countColumns } from "./columns";
import { PlanButton } from "./PlanButton";
import type { CountRow } from "./queries";
import { useCountKinds, useCountStatuses } from "./words";

const rowId = (row: CountRow) => row.id;
const rowHref = (row: CountRow) => `/counts/${row.number}`;

/** Every count, newest first. */
export function CountsPart() {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/counts", resource: "counts", view, setView });
  const filters: Filter[] = [
    { name: "filter[status]", label: t`Status`, options: useCountStatuses() },
    { name: "filter[kind]", label: t`Kind`, options: useCountKinds() },
    { name: "filter[warehouse]", label: t`Warehouse`, options: useWarehouseOptions() },
  ];
  return (
    <DataTable
      id="counts"
      label={t`Counts`}
      list={list}
      columns={countColumns}
      rowId={rowId}
      rowHref={rowHref}
      searchLabel={t`Search number, name or note`}
      filters={filters}
      empty={
        <EmptyState icon="scan" title={t`Nothing was counted yet`} action={<PlanButton />}>
          {t`Count the whole warehouse once, then a little every day: stock keeps moving meanwhile.`}
        </EmptyState>
      }
    />
  );
}
