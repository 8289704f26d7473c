import { useLingui } from "@lingui/react/macro";
import { Box, Button, OutlinedInput } from "@mui/material";
import { type FormEvent, useState } from "react";
import { useChange, useMay } from "@/api";
import {
  Card,
  Code,
  EmptyState,
  ErrorState,
  Icon,
  LinesSkeleton,
  Missing,
  notify,
  Quantity,
  SimpleTable,
} from "@/design";
import { Field } from "@/design/form";
import { usePanel } from "@/lib/navigation";
import { binTouches, relocate, useWaiting, type Waiting } from "./binQueries";
import type { Warehouse } from "./queries";

/** What lies in no bin yet: scan it, and it goes to its place. */
export function PutAwayPart({ warehouse }: { warehouse: Warehouse }) {
  const { t } = useLingui();
  const mayMove = useMay("stock.write");
  const panel = usePanel();
  const { code } = warehouse;
  const { data: rows, error, refetch } = useWaiting(code);
  const put = useChange({
    change: (row: Waiting) =>
      relocate({
        warehouse: code,
        reason: "put away",
        lines: [{ ...lineOf(row), to_bin: row.suggested_bin }],
      }),
    touches: [...binTouches, "stock-levels", "movements"],
    said: (warnings, row) => warnings[0] ?? t`${row.sku} lies in ${row.suggested_bin ?? ""} now.`,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const open = (row: Partial<Waiting>) => panel.open("relocate", aboutOf(code, row));
  const columns = [
    {
      id: "sku",
      header: t`SKU`,
      cell: (row: Waiting) => (
        <Box>
          <Code>{row.sku}</Code> {row.name}
        </Box>
      ),
    },
    {
      id: "lot",
      header: t`Lot or serial`,
      cell: (row: Waiting) => (row.lot || row.serial ? <Code>{row.lot ?? row.serial}</Code> : <Missing />),
    },
    {
      id: "quantity",
      header: t`To put away`,
      align: "right" as const,
      cell: (row: Waiting) => <Quantity value={row.quantity} />,
    },
    {
      id: "verbs",
      header: t`Place`,
      cell: (row: Waiting) =>
        mayMove && (
          <PutAwayVerbs
            row={row}
            busy={put.isPending}
            onPut={() => put.mutate(row)}
            onOther={() => open(row)}
          />
        ),
    },
  ];
  return (
    <Card
      title={t`To put away`}
      lead={t`Stock that lies in no bin. It goes beside its like, or to the first place with room.`}
      actions={
        mayMove && (
          <Button
            variant="outlined"
            color="secondary"
            startIcon={<Icon name="transfer" />}
            onClick={() => open({})}
          >
            {t`Move between bins`}
          </Button>
        )
      }
      flush
    >
      {mayMove && <ScanBox rows={rows ?? []} onFound={open} />}
      {!rows && <LinesSkeleton lines={4} />}
      {rows && !rows.length && <EmptyState icon="check" tone="good" title={t`Everything has its place`} />}
      {rows && rows.length > 0 && (
        <SimpleTable label={t`To put away`} columns={columns} rows={rows} rowId={(row) => row.id} />
      )}
    </Card>
  );
}

function lineOf({ sku, quantity, lot, serial }: Waiting) {
  return { sku, quantity, lot, serial };
}

/** What the form for moving begins with. */
function aboutOf(warehouse: string, row: Partial<Waiting>): Record<string, string> {
  const { sku, quantity, lot, serial, suggested_bin: to } = row;
  const known = { warehouse, sku, quantity, lot, serial, to };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value)) as Record<string, string>;
}

interface PutAwayVerbsProps {
  row: Waiting;
  busy: boolean;
  onPut: () => void;
  onOther: () => void;
}

function PutAwayVerbs({ row, busy, onPut, onOther }: PutAwayVerbsProps) {
  const { t } = useLingui();
  const { sku, suggested_bin: bin } = row;
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
      {bin && (
        <Button
          size="small"
          variant="contained"
          disabled={busy}
          onClick={onPut}
          aria-label={t`Put ${sku} into ${bin}`}
        >
          {t`Into ${bin}`}
        </Button>
      )}
      <Button
        size="small"
        color="secondary"
        variant="outlined"
        onClick={onOther}
        aria-label={t`Another place for ${sku}`}
      >
        {bin ? t`Another place` : t`Choose a place`}
      </Button>
    </Box>
  );
}

/** A scanner types a SKU or lot and presses Enter: the form opens with what is known of it. */
function ScanBox({ rows, onFound }: { rows: Waiting[]; onFound: (row: Waiting) => void }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const scan = (event: FormEvent) => {
    event.preventDefault();
    const wanted = text.trim().toLowerCase();
    const found = rows.find((row) =>
      [row.sku, row.lot, row.serial].some((word) => word?.toLowerCase() === wanted),
    );
    setText("");
    if (found) onFound(found);
    else notify(t`${text.trim()} is not to be put away here.`, { kind: "bad" });
  };
  return (
    <Box component="form" onSubmit={scan} sx={{ px: 2.5, pb: 2, maxWidth: "26rem" }}>
      <Field label={t`Scan a SKU, lot or serial`}>
        {(aria) => (
          <OutlinedInput
            size="small"
            fullWidth
            value={text}
            onChange={(event) => setText(event.target.value)}
            inputProps={{ ...aria, autoComplete: "off", inputMode: "text" }}
          />
        )}
      </Field>
    </Box>
  );
}
