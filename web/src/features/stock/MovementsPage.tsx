import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { EmptyState, Page, PageHeader } from "@/design";
import { DataTable, type Filter } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { useUrlView } from "@/lib/view";
import { movementColumns } from "./columns";
import type { Movement } from "./queries";
import { useMovementTypes } from "./words";

const rowId = (row: Movement) => String(row.id);

export function MovementsPage() {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/inventory/movements", resource: "movements", view, setView });
  const filters: Filter[] = [
    { name: "filter[warehouse]", label: t`Warehouse`, options: useWarehouseOptions() },
    { name: "filter[type]", label: t`Type`, options: useMovementTypes() },
    { name: "filter[recorded_at][gte]", label: t`From` },
    { name: "filter[recorded_at][lte]", label: t`Until` },
  ];
  return (
    <Page fill>
      <PageHeader
        title={t`Movements`}
        lead={t`Every change of stock ever made. Nothing here is rewritten; a mistake is reversed by a new movement.`}
      />
      <DataTable
        id="movements"
        label={t`Movements`}
        list={list}
        columns={movementColumns}
        rowId={rowId}
        searchLabel={t`Search SKU or document`}
        filters={filters}
        empty={
          <EmptyState icon="history" title={t`Nothing has moved yet`}>
            {t`As soon as stock is received, sold, counted or transferred, it is written down here.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
