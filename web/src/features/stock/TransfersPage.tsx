import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { EmptyState, Icon, Page, PageHeader } from "@/design";
import { DataTable, type Filter } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import type { Transfer } from "./queries";
import { transferColumns } from "./transferColumns";
import { useTransferStatuses } from "./words";

const rowId = (row: Transfer) => row.id;
const rowHref = (row: Transfer) => `/transfers/${row.number}`;

export function TransfersPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("stock.write");
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/transfers", resource: "transfers", view, setView });
  const warehouses = useWarehouseOptions();
  const filters: Filter[] = [
    { name: "filter[status]", label: t`Status`, options: useTransferStatuses() },
    { name: "filter[from_warehouse]", label: t`From`, options: warehouses },
    { name: "filter[to_warehouse]", label: t`To`, options: warehouses },
  ];
  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("transfer")}>
      {t`New transfer`}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t`Transfers`}
        lead={t`Stock on its way from one warehouse to another.`}
        actions={add}
      />
      <DataTable
        id="transfers"
        label={t`Transfers`}
        list={list}
        columns={transferColumns}
        rowId={rowId}
        rowHref={rowHref}
        searchLabel={t`Search number or note`}
        filters={filters}
        empty={
          <EmptyState icon="transfer" title={t`No transfers yet`} action={add}>
            {t`Move stock between your warehouses; it is counted once, wherever it is.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
