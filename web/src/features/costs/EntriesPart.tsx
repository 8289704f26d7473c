import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useChange, useList, useMay } from "@/api";
import { Code, DateTime, EmptyState, Money } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { useUrlView } from "@/lib/view";
import { type Entry, reverseEntry, touches } from "./queries";
import { EntryKind, useKinds } from "./words";

const columns: Column<Entry>[] = [
  {
    id: "number",
    header: msg`Number`,
    sort: "number",
    width: 84,
    card: "lead",
    cell: (row) => <Code>{`C-${row.number}`}</Code>,
  },
  {
    id: "kind",
    header: msg`What`,
    sort: "kind",
    width: 170,
    grow: 1,
    card: "title",
    cell: (row) => <EntryKind entry={row} />,
  },
  { id: "document", header: msg`Document`, sort: "document", width: 110, cell: (row) => row.document ?? "–" },
  {
    id: "value",
    header: msg`Amount`,
    sort: "value",
    width: 110,
    align: "right",
    card: "trail",
    cell: (row) => <Money value={row.value} />,
  },
  {
    id: "stock",
    header: msg`To stock`,
    sort: "stock",
    width: 110,
    align: "right",
    cell: (row) => <Money value={row.stock} />,
  },
  {
    id: "sold",
    header: msg`To sales`,
    sort: "sold",
    width: 110,
    align: "right",
    cell: (row) => <Money value={row.sold} />,
  },
  {
    id: "created_at",
    header: msg`Entered`,
    sort: "created_at",
    width: 140,
    cell: (row) => <DateTime value={row.created_at} />,
  },
  { id: "created_by", header: msg`By`, sort: "created_by", width: 140, cell: (row) => row.created_by },
  { id: "note", header: msg`Note`, width: 180, optional: true, cell: (row) => row.note ?? "–" },
  {
    id: "verbs",
    header: msg`Take back`,
    hideHeader: true,
    width: 104,
    grow: 0,
    align: "right",
    cell: (row) => <TakeBack row={row} />,
  },
];

function TakeBack({ row }: { row: Entry }) {
  const { t } = useLingui();
  const undo = useChange({
    change: () => reverseEntry(row.id),
    touches,
    said: () => t`C-${row.number} is taken back.`,
  });
  const may = useMay("costing.write");
  const can = (row.kind === "landed" || row.kind === "bill") && !row.reversed && !row.reverses_id;
  if (!may || !can) return null;
  return (
    <Button size="small" loading={undo.isPending} onClick={() => undo.mutate(undefined)}>
      {t`Take back`}
    </Button>
  );
}

/** What changed costs without moving anything, and where it went. */
export function EntriesPart() {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/costs/entries", resource: "costs", view, setView });
  const kinds = useKinds();
  return (
    <DataTable
      id="cost-entries"
      label={t`Cost entries`}
      list={list}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => `C-${row.number}`}
      searchLabel={t`Search document or note`}
      filters={[{ name: "filter[kind]", label: t`What`, options: kinds }]}
      empty={
        <EmptyState icon="history" title={t`No cost was changed yet`}>
          {t`Freight, duty, late bills and changes of method are listed here.`}
        </EmptyState>
      }
    />
  );
}
