import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useList } from "@/api";
import { Code, DateTime, EmptyState } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { useUrlView } from "@/lib/view";
import { EntryDetails } from "./EntryDetails";
import type { Entry } from "./queries";
import { useEntityOptions } from "./thingWords";
import { useSentence } from "./useSentence";

const columns: Column<Entry>[] = [
  {
    id: "recorded_at",
    header: msg`When`,
    sort: "recorded_at",
    width: 165,
    grow: 0,
    card: "lead",
    cell: (row) => <DateTime value={row.recorded_at} />,
  },
  {
    id: "what",
    header: msg`What happened`,
    width: 420,
    grow: 6,
    card: "title",
    cell: (row) => <Sentence entry={row} />,
  },
  {
    id: "address",
    header: msg`From address`,
    width: 130,
    optional: true,
    card: "none",
    cell: (row) => <Code>{row.address ?? "–"}</Code>,
  },
  {
    id: "details",
    header: msg`Details`,
    hideHeader: true,
    width: 100,
    grow: 0,
    align: "right",
    card: "trail",
    cell: (row) => <EntryDetails entry={row} />,
  },
];

const rowId = (row: Entry) => row.id;

function Sentence({ entry }: { entry: Entry }) {
  const text = useSentence()(entry);
  return (
    <Box component="span" title={text} sx={{ lineHeight: 1.35 }}>
      {text}
    </Box>
  );
}

export function AuditLog() {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/audit", resource: "audit", view, setView });
  return (
    <DataTable
      id="audit"
      label={t`Audit log`}
      list={list}
      columns={columns}
      rowId={rowId}
      filters={[
        { name: "filter[entity]", label: t`About`, options: useEntityOptions() },
        { name: "filter[recorded_at][gte]", label: t`From` },
        { name: "filter[recorded_at][lte]", label: t`Until` },
      ]}
      empty={<EmptyState icon="history" title={t`Nothing has been changed yet`} />}
    />
  );
}
