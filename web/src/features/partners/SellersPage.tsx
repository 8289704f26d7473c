import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { Code, EmptyState, Icon, Missing, Named, Page, PageHeader } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { usePanel, usePanelHref } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import { OpenChip } from "./OpenChip";
import type { Seller } from "./queries";

const columns: Column<Seller>[] = [
  {
    id: "name",
    header: msg`Seller`,
    sort: "name",
    width: 220,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} />,
  },
  {
    id: "code",
    header: msg`Code`,
    sort: "code",
    width: 120,
    card: "lead",
    cell: (row) => <Code>{row.code}</Code>,
  },
  {
    id: "contact",
    header: msg`Contact`,
    sort: "contact_name",
    width: 180,
    cell: (row) => (row.contact_name ? <span>{row.contact_name}</span> : <Missing />),
  },
  {
    id: "email",
    header: msg`E-mail`,
    sort: "contact_email",
    width: 175,
    cell: (row) => (row.contact_email ? <span>{row.contact_email}</span> : <Missing />),
  },
  {
    id: "supplier",
    header: msg`Same as supplier`,
    sort: "supplier",
    width: 170,
    cell: (row) => (row.supplier ? <span>{row.supplier}</span> : <Missing />),
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

const rowId = (row: Seller) => row.id;
const rowName = (row: Seller) => row.name;

export function SellersPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const hrefOf = usePanelHref();
  const mayWrite = useMay("partners.write");
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/sellers", resource: "sellers", view, setView });
  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("seller")}>
      {t`New seller`}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t`Sellers`}
        lead={t`The vendors to whom order lines are attributed.`}
        actions={add}
      />
      <DataTable
        id="sellers"
        label={t`Sellers`}
        list={list}
        columns={columns}
        rowId={rowId}
        rowName={rowName}
        rowHref={mayWrite ? (row) => hrefOf("seller", { id: row.id }) : undefined}
        searchLabel={t`Search name, code or contact`}
        empty={
          <EmptyState icon="seller" title={t`No sellers yet`} action={add}>
            {t`Only needed when several vendors sell through you.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
