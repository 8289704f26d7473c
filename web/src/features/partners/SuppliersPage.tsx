import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { Code, EmptyState, Icon, Missing, Named, Page, PageHeader } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import { OpenChip } from "./OpenChip";
import type { Supplier } from "./queries";

const columns: Column<Supplier>[] = [
  {
    id: "name",
    header: msg`Supplier`,
    sort: "name",
    width: 190,
    grow: 1.6,
    card: "title",
    cell: (row) => <Named name={row.name} />,
  },
  {
    id: "code",
    header: msg`Code`,
    sort: "code",
    width: 100,
    card: "lead",
    cell: (row) => <Code>{row.code}</Code>,
  },
  {
    id: "contact",
    header: msg`Contact`,
    sort: "contact_name",
    width: 140,
    cell: (row) => (row.contact_name ? <span>{row.contact_name}</span> : <Missing />),
  },
  {
    id: "email",
    header: msg`E-mail`,
    sort: "contact_email",
    width: 210,
    grow: 1.4,
    cell: (row) => (row.contact_email ? <span>{row.contact_email}</span> : <Missing />),
  },
  {
    id: "currency",
    header: msg`Currency`,
    sort: "currency",
    width: 90,
    cell: (row) => <span>{row.currency ?? "–"}</span>,
  },
  {
    id: "lead",
    header: msg`Lead time, days`,
    sort: "lead_time_days",
    width: 130,
    align: "right",
    cell: (row) => <span>{row.lead_time_days}</span>,
  },
  {
    id: "active",
    header: msg`State`,
    sort: "active",
    width: 110,
    card: "trail",
    cell: (row) => <OpenChip open={row.active} />,
  },
];

const rowId = (row: Supplier) => row.id;
const rowName = (row: Supplier) => row.name;
const rowHref = (row: Supplier) => `/suppliers/${row.id}`;

export function SuppliersPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("partners.write");
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/suppliers", resource: "suppliers", view, setView });
  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("supplier")}>
      {t`New supplier`}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t`Suppliers`}
        lead={t`Who you buy from, at what price, and how long it takes.`}
        actions={add}
      />
      <DataTable
        id="suppliers"
        label={t`Suppliers`}
        list={list}
        columns={columns}
        rowId={rowId}
        rowName={rowName}
        rowHref={rowHref}
        searchLabel={t`Search name, code or contact`}
        empty={
          <EmptyState icon="truck" title={t`No suppliers yet`} action={add}>
            {t`Reorder suggestions use a supplier's lead time, pack size and least order.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
