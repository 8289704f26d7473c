import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useState } from "react";
import { useChange, useList, useMay } from "@/api";
import { Code, ConfirmDialog, DateTime, Day, EmptyState, Icon, Named, StatusChip } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { usePanel } from "@/lib/navigation";
import { useOwnView } from "@/lib/view";
import { type Key, revokeKey } from "./queries";
import { RoleName } from "./words";

const columns: Column<Key>[] = [
  {
    id: "name",
    header: msg`Key`,
    sort: "name",
    width: 200,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.hint}…</Code>} />,
  },
  { id: "role", header: msg`Role`, width: 100, cell: (row) => <RoleName role={row.role} /> },
  { id: "created_by", header: msg`Made by`, width: 160, cell: (row) => <span>{row.created_by}</span> },
  {
    id: "created_at",
    header: msg`Made on`,
    sort: "created_at",
    width: 120,
    cell: (row) => <Day value={row.created_at} />,
  },
  {
    id: "last_used_at",
    header: msg`Last used`,
    width: 130,
    cell: (row) => <DateTime value={row.last_used_at} relative />,
  },
  {
    id: "state",
    header: msg`State`,
    width: 120,
    card: "trail",
    cell: (row) => <KeyState revoked={row.revoked_at !== null} />,
  },
];

function KeyState({ revoked }: { revoked: boolean }) {
  const { t } = useLingui();
  return <StatusChip label={revoked ? t`Revoked` : t`Works`} tone={revoked ? "neutral" : "good"} />;
}

const rowId = (row: Key) => row.id;
const rowName = (row: Key) => row.name;

export function Keys() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("people.write");
  const [doomed, setDoomed] = useState<Key>();
  const [view, setView] = useOwnView("-created_at");
  const list = useList({ path: "/api/v1/api-keys", resource: "api-keys", view, setView });
  const revoke = useChange({
    change: (key: Key) => revokeKey(key.id),
    touches: ["api-keys"],
    said: (_, key) => t`${key.name} is revoked.`,
  });
  const verbs: Column<Key> = {
    id: "revoke",
    header: msg`Revoke`,
    hideHeader: true,
    width: 100,
    grow: 0.5,
    align: "right",
    cell: (row) =>
      row.revoked_at === null && (
        <Button size="small" color="error" aria-label={t`Revoke ${row.name}`} onClick={() => setDoomed(row)}>
          {t`Revoke`}
        </Button>
      ),
  };
  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("api-key")}>
      {t`New key`}
    </Button>
  );
  return (
    <>
      <DataTable
        id="api-keys"
        label={t`API keys`}
        list={list}
        columns={mayWrite ? [...columns, verbs] : columns}
        rowId={rowId}
        rowName={rowName}
        actions={list.rows.length > 0 && add}
        empty={
          <EmptyState icon="key" title={t`No API keys yet`} action={add}>
            {t`A key lets a script or another program do what its role may, without a password.`}
          </EmptyState>
        }
      />
      <ConfirmDialog
        open={doomed !== undefined}
        danger
        title={t`Revoke this key?`}
        confirmLabel={t`Revoke`}
        busy={revoke.isPending}
        onConfirm={() => doomed && revoke.mutate(doomed, { onSettled: () => setDoomed(undefined) })}
        onClose={() => setDoomed(undefined)}
      >
        {t`Whatever uses it stops working at once. This cannot be undone; make a new key instead.`}
      </ConfirmDialog>
    </>
  );
}
