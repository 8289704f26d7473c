import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { EmptyState, Icon, Page, PageHeader } from "@/design";
import { DataTable, type Filter } from "@/design/table";
import { useChannels } from "@/features/channels";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import { orderColumns } from "./columns";
import type { OrderRow } from "./queries";
import { useStatuses } from "./words";

const rowId = (row: OrderRow) => row.id;
const rowName = (row: OrderRow) => row.number;
const rowHref = (row: OrderRow) => `/orders/${row.number}`;

function useChannelOptions(): { value: string; label: string }[] {
  const { t } = useLingui();
  const { data: channels = [] } = useChannels();
  const byHand = { value: "manual", label: t`By hand` };
  return [byHand, ...channels.map((channel) => ({ value: channel.code, label: channel.name }))];
}

export function OrdersPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("sales.write");
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/orders", resource: "orders", view, setView });
  const statuses = useStatuses();
  const filters: Filter[] = [
    {
      name: "filter[status]",
      label: t`Status`,
      options: [
        ...statuses,
        { value: "backordered", label: t`Waits for stock` },
        { value: "on_hold", label: t`On hold` },
      ],
    },
    { name: "filter[channel]", label: t`Channel`, options: useChannelOptions() },
    { name: "filter[order_date][gte]", label: t`From` },
    { name: "filter[until]", label: t`Until` },
  ];
  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("order")}>
      {t`New order`}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t`Orders`}
        lead={t`From every channel and by hand. An order reserves its stock; shipping takes it.`}
        actions={add}
      />
      <DataTable
        id="orders"
        label={t`Orders`}
        list={list}
        columns={orderColumns}
        rowId={rowId}
        rowName={rowName}
        rowHref={rowHref}
        searchLabel={t`Search number or customer`}
        filters={filters}
        empty={
          <EmptyState icon="orders" title={t`No orders yet`} action={add}>
            {t`Orders arrive from your channels, come with imported sales, or are written here by hand.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
