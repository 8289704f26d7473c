import { useLingui } from "@lingui/react/macro";
import { Box, Button, IconButton } from "@mui/material";
import { useMemo, useState } from "react";
import { useChange, useMay } from "@/api";
import { Card, Code, ConfirmDialog, EmptyState, ErrorState, Icon, LinesSkeleton, light } from "@/design";
import { usePanel } from "@/lib/navigation";
import { type Bin, binTouches, type PlaceStock, removeBin, useBins, useInside } from "./binQueries";
import { Fill, useBinKinds, useBinTypes } from "./binWords";
import type { Warehouse } from "./queries";

interface Row {
  bin: Bin;
  depth: number;
}

/** The tree as rows, each place right behind what it lies in. */
export function treeRows(bins: Bin[]): Row[] {
  const ids = new Set(bins.map((bin) => bin.id));
  const below = new Map<string, Bin[]>();
  for (const bin of bins) {
    const parent = bin.parent_id && ids.has(bin.parent_id) ? bin.parent_id : "";
    below.set(parent, [...(below.get(parent) ?? []), bin]);
  }
  const walk = (parent: string, depth: number): Row[] =>
    (below.get(parent) ?? []).flatMap((bin) => [{ bin, depth }, ...walk(bin.id, depth + 1)]);
  return walk("", 0);
}

/** The zones, aisles, shelves and bins of a warehouse, with what lies in each. */
export function BinsPart({ warehouse }: { warehouse: Warehouse }) {
  const { t } = useLingui();
  const mayWrite = useMay("places.write");
  const panel = usePanel();
  const { code } = warehouse;
  const { data: bins, error, refetch } = useBins(code);
  const { data: inside } = useInside(code);
  const [doomed, setDoomed] = useState<Bin>();
  const stock = useMemo(() => new Map(inside?.places.map((one) => [one.id, one])), [inside]);
  const rows = useMemo(() => treeRows(bins ?? []), [bins]);
  const remove = useChange({
    change: (bin: Bin) => removeBin(bin.id, true),
    touches: binTouches,
    said: (_, bin) => t`${bin.code} is removed.`,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const verbs = mayWrite && (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
      <Button
        variant="outlined"
        color="secondary"
        onClick={() => panel.open("bins", { warehouse: code })}
      >{t`Add many`}</Button>
      <Button
        variant="contained"
        startIcon={<Icon name="plus" />}
        onClick={() => panel.open("bin", { warehouse: code })}
      >{t`Add place`}</Button>
    </Box>
  );
  const name = doomed?.code ?? "";
  return (
    <Card
      title={t`Zones, shelves and bins`}
      lead={t`Units in each place and below it, of what fits.`}
      actions={verbs}
      flush
    >
      {!bins && <LinesSkeleton lines={6} />}
      {bins && !rows.length && (
        <EmptyState icon="tree" title={t`Nothing is divided yet`}>
          {t`Add places one by one, or many at once by a pattern such as A-01-1 to A-12-4.`}
        </EmptyState>
      )}
      <Box component="ul" aria-label={t`Places`} sx={{ listStyle: "none", m: 0, p: 0 }}>
        {rows.map((row) => (
          <BinRow
            key={row.bin.id}
            {...row}
            stock={stock.get(row.bin.id)}
            mayWrite={mayWrite}
            onEdit={() => panel.open("bin", { warehouse: code, id: row.bin.id })}
            onRemove={() => setDoomed(row.bin)}
          />
        ))}
      </Box>
      <ConfirmDialog
        open={doomed !== undefined}
        danger
        title={t`Remove ${name}?`}
        confirmLabel={t`Remove`}
        busy={remove.isPending}
        onConfirm={() => doomed && remove.mutate(doomed, { onSettled: () => setDoomed(undefined) })}
        onClose={() => setDoomed(undefined)}
      >
        {t`All places below it go too. It must be empty; where stock ever lay, it is archived instead.`}
      </ConfirmDialog>
    </Card>
  );
}

interface BinRowProps extends Row {
  stock: PlaceStock | undefined;
  mayWrite: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

function BinRow({ bin, depth, stock, mayWrite, onEdit, onRemove }: BinRowProps) {
  const { t } = useLingui();
  const kind = useBinKinds().find((one) => one.value === bin.kind)?.label;
  const type = useBinTypes().find((one) => one.value === bin.type)?.label;
  const { code } = bin;
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        columnGap: 2,
        minHeight: 48,
        pl: 2.5 + depth * 3,
        pr: 1.5,
        borderTop: `1px solid ${light.lineSoft}`,
      }}
    >
      <Box sx={{ flex: "1 1 10rem", minWidth: 0 }}>
        <Code>{code}</Code> {bin.name}
      </Box>
      <Box sx={{ flex: "0 1 14rem", fontSize: "0.8125rem", color: "text.secondary" }}>
        {kind}
        {bin.type !== "storage" && ` · ${type}`}
      </Box>
      <Box sx={{ flex: "0 0 12rem", fontSize: "0.875rem" }}>
        <Fill stock={stock} />
      </Box>
      {mayWrite && (
        <Box>
          <IconButton size="small" aria-label={t`Edit ${code}`} onClick={onEdit}>
            <Icon name="edit" sx={{ fontSize: 19 }} />
          </IconButton>
          <IconButton size="small" aria-label={t`Remove ${code}`} onClick={onRemove}>
            <Icon name="trash" sx={{ fontSize: 19 }} />
          </IconButton>
        </Box>
      )}
    </Box>
  );
}
