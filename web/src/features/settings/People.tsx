import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { Day, EmptyState, Icon, Named } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { usePanel } from "@/lib/navigation";
import { useOwnView } from "@/lib/view";
import type { Person } from "./queries";
import { ActiveChip, RoleName } from "./words";

const columns: Column<Person>[] = [
  {
    id: "name",
    header: msg`Name`,
    sort: "name",
    width: 220,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={row.email} />,
  },
  { id: "role", header: msg`Role`, width: 120, cell: (row) => <RoleName role={row.role} /> },
  {
    id: "active",
    header: msg`State`,
    width: 120,
    card: "trail",
    cell: (row) => <ActiveChip active={row.active} />,
  },
  {
    id: "created_at",
    header: msg`Since`,
    sort: "created_at",
    width: 120,
    cell: (row) => <Day value={row.created_at} />,
  },
];

const rowId = (row: Person) => row.id;
const rowName = (row: Person) => row.name;

export function People() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("people.write");
  const [view, setView] = useOwnView("name");
  const list = useList({ path: "/api/v1/users", resource: "users", view, setView });
  const edit: Column<Person> = {
    id: "edit",
    header: msg`Change`,
    hideHeader: true,
    width: 90,
    grow: 0.5,
    align: "right",
    card: "line",
    cell: (row) => (
      <Button
        size="small"
        aria-label={t`Change ${row.name}`}
        onClick={() =>
          panel.open("person", { id: row.id, role: row.role, active: String(row.active), name: row.name })
        }
      >
        {t`Change`}
      </Button>
    ),
  };
  return (
    <DataTable
      id="people"
      label={t`People`}
      list={list}
      columns={mayWrite ? [...columns, edit] : columns}
      rowId={rowId}
      rowName={rowName}
      searchLabel={t`Search people`}
      actions={
        mayWrite && (
          <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("person")}>
            {t`Add person`}
          </Button>
        )
      }
      empty={<EmptyState icon="users" title={t`Nobody here yet`} />}
    />
  );
}
