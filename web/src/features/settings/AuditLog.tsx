import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Box, Button, Popover } from "@mui/material";
import { useState } from "react";
import { useList } from "@/api";
import { Code, DateTime, EmptyState, light, mono, radius } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { useUrlView } from "@/lib/view";
import { changedFields } from "./changes";
import type { Entry } from "./queries";

const columns: Column<Entry>[] = [
  {
    id: "recorded_at",
    header: msg`When`,
    sort: "recorded_at",
    width: 170,
    card: "trail",
    cell: (row) => <DateTime value={row.recorded_at} />,
  },
  {
    id: "actor",
    header: msg`Who`,
    width: 180,
    grow: 1.5,
    card: "lead",
    cell: (row) => <span>{row.actor}</span>,
  },
  { id: "action", header: msg`What`, width: 190, card: "title", cell: (row) => <Code>{row.action}</Code> },
  { id: "entity", header: msg`On`, width: 130, cell: (row) => <span>{row.entity}</span> },
  { id: "changes", header: msg`Changes`, width: 110, align: "right", cell: (row) => <Changes entry={row} /> },
  {
    id: "address",
    header: msg`From`,
    width: 130,
    optional: true,
    card: "none",
    cell: (row) => <Code>{row.address ?? "–"}</Code>,
  },
];

const rowId = (row: Entry) => row.id;

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
        { name: "filter[recorded_at][gte]", label: t`From` },
        { name: "filter[recorded_at][lte]", label: t`Until` },
      ]}
      empty={<EmptyState icon="history" title={t`Nothing has been changed yet`} />}
    />
  );
}

function Changes({ entry }: { entry: Entry }) {
  const { t } = useLingui();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const fields = changedFields(entry.before, entry.after);
  if (!fields.length) return null;
  return (
    <>
      <Button size="small" aria-haspopup="dialog" onClick={(event) => setAnchor(event.currentTarget)}>
        {t`${fields.length} fields`}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
        transformOrigin={{ vertical: "top", horizontal: "right" }}
        slotProps={{ paper: { role: "dialog", "aria-label": entry.action, sx: { p: 2, maxWidth: 480 } } }}
      >
        <Box component="dl" sx={{ m: 0, display: "grid", gap: 1, fontSize: "0.8125rem" }}>
          {fields.map((field) => (
            <Box key={field.name}>
              <Box component="dt" sx={{ fontWeight: 600 }}>
                {field.name}
              </Box>
              <Box component="dd" sx={{ m: 0, fontFamily: mono, overflowWrap: "anywhere" }}>
                <Box component="del" sx={{ color: "text.secondary", mr: 1 }}>
                  {field.before}
                </Box>
                <Box
                  component="ins"
                  sx={{ textDecoration: "none", bgcolor: light.page, px: 0.5, borderRadius: radius.chip }}
                >
                  {field.after}
                </Box>
              </Box>
            </Box>
          ))}
        </Box>
      </Popover>
    </>
  );
}
