import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { Code, Day, EmptyState, Icon, Missing, Named, Page, PageHeader } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { Anchor } from "@/lib/Anchor";
import { country } from "@/lib/format";
import { usePanel, usePanelHref } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import type { Customer } from "./queries";

const columns: Column<Customer>[] = [
  {
    id: "name",
    header: msg`Customer`,
    sort: "name",
    width: 180,
    grow: 1.4,
    card: "title",
    cell: (row) => <Named name={row.name} />,
  },
  {
    id: "code",
    header: msg`Code`,
    sort: "code",
    width: 90,
    card: "lead",
    cell: (row) => (row.code ? <Code>{row.code}</Code> : <Missing />),
  },
  {
    id: "email",
    header: msg`E-mail`,
    sort: "email",
    width: 250,
    grow: 1.6,
    cell: (row) => (row.email ? <span>{row.email}</span> : <Missing />),
  },
  {
    id: "phone",
    header: msg`Phone`,
    width: 140,
    optional: true,
    cell: (row) => (row.phone ? <span>{row.phone}</span> : <Missing />),
  },
  {
    id: "country",
    header: msg`Country`,
    sort: "country",
    width: 130,
    cell: (row) => (row.country ? <span>{country(row.country)}</span> : <Missing />),
  },
  {
    id: "created_at",
    header: msg`Since`,
    sort: "created_at",
    width: 120,
    cell: (row) => <Day value={row.created_at} />,
  },
  {
    id: "orders",
    header: msg`Orders`,
    hideHeader: true,
    width: 80,
    grow: 0.5,
    align: "right",
    cell: (row) => <OrdersLink customer={row} />,
  },
];

function OrdersLink({ customer }: { customer: Customer }) {
  const { t } = useLingui();
  const { name } = customer;
  return (
    <Box
      component={Anchor}
      href={`/orders?filter[customer_id]=${customer.id}`}
      aria-label={t`Orders of ${name}`}
      sx={{ color: "primary.main" }}
    >
      {t`Orders`}
    </Box>
  );
}

const rowId = (row: Customer) => row.id;
const rowName = (row: Customer) => row.name;

export function CustomersPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const hrefOf = usePanelHref();
  const mayWrite = useMay("partners.write");
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/customers", resource: "customers", view, setView });
  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("customer")}>
      {t`New customer`}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t`Customers`}
        lead={t`Who buys from you, whichever channel they came through.`}
        actions={add}
      />
      <DataTable
        id="customers"
        label={t`Customers`}
        list={list}
        columns={columns}
        rowId={rowId}
        rowName={rowName}
        rowHref={mayWrite ? (row) => hrefOf("customer", { id: row.id }) : undefined}
        searchLabel={t`Search name, code or e-mail`}
        empty={
          <EmptyState icon="users" title={t`No customers yet`} action={add}>
            {t`They come with imported sales and with orders from your channels, or add one by hand.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
