import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { Code, EmptyState, Icon, Missing, Named, Page, PageHeader } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { Anchor } from "@/lib/Anchor";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import type { Warehouse } from "./queries";
import { KindName, SellsChip, useKinds } from "./words";

const columns: Column<Warehouse>[] = [
  {
    id: "name",
    header: msg`Warehouse`,
    sort: "name",
    width: 180,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} />,
  },
  {
    id: "code",
    header: msg`Code`,
    sort: "code",
    width: 80,
    card: "lead",
    cell: (row) => <Code>{row.code}</Code>,
  },
  { id: "kind", header: msg`Type`, sort: "kind", width: 160, cell: (row) => <KindName kind={row.kind} /> },
  {
    id: "city",
    header: msg`City`,
    sort: "city",
    width: 110,
    cell: (row) => (row.city ? <span>{row.city}</span> : <Missing />),
  },
  {
    id: "contact",
    header: msg`Contact`,
    sort: "contact_name",
    width: 130,
    cell: (row) => (row.contact_name ? <span>{row.contact_name}</span> : <Missing />),
  },
  {
    id: "priority",
    header: msg`Priority`,
    sort: "priority",
    width: 90,
    align: "right",
    cell: (row) => <span>{row.priority}</span>,
  },
  {
    id: "active",
    header: msg`State`,
    sort: "active",
    width: 150,
    card: "trail",
    cell: (row) => <SellsChip active={row.active} />,
  },
];

const rowId = (row: Warehouse) => row.id;
const rowName = (row: Warehouse) => row.name;
const rowHref = (row: Warehouse) => `/warehouses/${row.code}`;

export function WarehousesPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const kinds = useKinds();
  const mayWrite = useMay("places.write");
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/warehouses", resource: "warehouses", view, setView });
  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("warehouse")}>
      {t`New warehouse`}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t`Warehouses`}
        lead={t`Where stock lies. Orders are filled from the lowest priority number first.`}
        actions={
          <>
            <Button variant="outlined" color="secondary" component={Anchor} href="/sites">
              {t`Map`}
            </Button>
            {add}
          </>
        }
      />
      <DataTable
        id="warehouses"
        label={t`Warehouses`}
        list={list}
        columns={columns}
        rowId={rowId}
        rowName={rowName}
        rowHref={rowHref}
        searchLabel={t`Search name, code or city`}
        filters={[{ name: "filter[kind]", label: t`Type`, options: kinds }]}
        empty={
          <EmptyState icon="warehouse" title={t`No warehouses yet`} action={add}>
            {t`Stock lies in warehouses, stores or vans. Add the first to start counting.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
