import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useList, useMay } from "@/api";
import { DateTime, EmptyState, Named, Page, PageHeader } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { quantity } from "@/lib/format";
import { useUrlView } from "@/lib/view";
import type { RunRow } from "./queries";
import { SavedMappings } from "./SavedMappings";
import { Upload } from "./Upload";
import { RunStatus, useStatuses } from "./words";

const columns: Column<RunRow>[] = [
  {
    id: "file",
    header: msg`File`,
    sort: "file_name",
    width: 260,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.file_name} />,
  },
  {
    id: "kind",
    header: msg`Holds`,
    sort: "kind",
    width: 140,
    cell: (row) => <span>{row.kind}</span>,
  },
  {
    id: "status",
    header: msg`State`,
    sort: "status",
    width: 150,
    card: "trail",
    cell: (row) => <RunStatus status={row.status} />,
  },
  {
    id: "lines",
    header: msg`Lines`,
    align: "right",
    width: 110,
    cell: (row) => <span>{row.lines_total ? quantity(row.lines_total) : "–"}</span>,
  },
  {
    id: "by",
    header: msg`By`,
    sort: "started_by",
    width: 170,
    cell: (row) => <span>{row.started_by}</span>,
  },
  {
    id: "at",
    header: msg`Uploaded`,
    sort: "created_at",
    width: 160,
    card: "lead",
    cell: (row) => <DateTime value={row.created_at} relative />,
  },
];

const rowId = (row: RunRow) => row.id;
const rowName = (row: RunRow) => row.file_name;
const rowHref = (row: RunRow) => `/import/${row.id}`;

export function ImportPage() {
  const { t } = useLingui();
  const mayWrite = useMay("exchange.write");
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/imports", resource: "imports", view, setView });
  const statuses = Object.entries(useStatuses()).map(([value, { label }]) => ({ value, label }));
  return (
    <Page fill>
      <PageHeader
        title={t`Import`}
        lead={t`Bring in products, stock, suppliers, customers, orders or past sales. Each file is tried first, and can be undone.`}
      />
      {mayWrite && <Upload />}
      {mayWrite && <SavedMappings />}
      <DataTable
        id="imports"
        label={t`Imports`}
        list={list}
        columns={columns}
        rowId={rowId}
        rowName={rowName}
        rowHref={rowHref}
        filters={[{ name: "filter[status]", label: t`State`, options: statuses }]}
        empty={
          <EmptyState icon="import" title={t`Nothing imported yet`}>
            {t`Every import can be tried first without effect, and undone as a whole afterwards.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
