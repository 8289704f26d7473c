import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useMemo, useState } from "react";
import { useChange, useMay } from "@/api";
import { Card, EmptyState, ErrorState, LinesSkeleton } from "@/design";
import { type Bin, binTouches, drawPlan, useBins, useInside } from "./binQueries";
import { FloorPlan } from "./FloorPlan";
import { arranged, type Rect, rectOf } from "./plan";
import type { Warehouse } from "./queries";

type Rects = Map<string, Rect>;

/** The floor plan of a warehouse: places where they stand, in the colour of how full they are; dragged, or moved by keys. */
export function PlanPart({ warehouse }: { warehouse: Warehouse }) {
  const { t } = useLingui();
  const mayWrite = useMay("places.write");
  const { code } = warehouse;
  const { data: bins, error, refetch } = useBins(code);
  const { data: inside } = useInside(code);
  const [moved, setMoved] = useState<Rects>(new Map());
  const rects = useMemo(() => standing(bins ?? [], moved), [bins, moved]);
  const save = useChange({
    change: () =>
      drawPlan(
        code,
        [...moved].map(([id, rect]) => boxOf(id, rect)),
      ),
    touches: binTouches,
    said: () => t`The plan is saved.`,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!bins) return <LinesSkeleton lines={8} />;
  const loose = bins.filter((bin) => !rects.has(bin.id));
  const arrange = () => setMoved(new Map([...moved, ...arranged(loose, [...rects.values()])]));
  const verbs = mayWrite && (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
      <Button variant="outlined" color="secondary" disabled={!loose.length} onClick={arrange}>
        {t`Place the other ${loose.length}`}
      </Button>
      <Button variant="outlined" color="secondary" disabled={!moved.size} onClick={() => setMoved(new Map())}>
        {t`Discard`}
      </Button>
      <Button
        variant="contained"
        disabled={!moved.size}
        loading={save.isPending}
        onClick={() => save.mutate(undefined, { onSuccess: () => setMoved(new Map()) })}
      >
        {t`Save plan`}
      </Button>
    </Box>
  );
  return (
    <Card
      title={t`Floor plan`}
      lead={t`Drag a place, or choose it and use the arrow keys; with Shift they change its size. One square is a metre.`}
      actions={verbs}
    >
      {bins.length ? (
        <FloorPlan
          bins={bins}
          rects={rects}
          stock={new Map(inside?.places.map((one) => [one.id, one]))}
          mayWrite={mayWrite}
          onMove={(id, rect) => setMoved(new Map(moved).set(id, rect))}
        />
      ) : (
        <EmptyState icon="tree" title={t`Nothing is divided yet`}>
          {t`Add zones, shelves and bins first; then they can be placed here.`}
        </EmptyState>
      )}
    </Card>
  );
}

function standing(bins: Bin[], moved: Rects): Rects {
  const found: Rects = new Map();
  for (const bin of bins) {
    const rect = moved.get(bin.id) ?? rectOf(bin);
    if (rect) found.set(bin.id, rect);
  }
  return found;
}

function boxOf(id: string, { x, y, width, height }: Rect) {
  return { id, x: String(x), y: String(y), width: String(width), height: String(height) };
}
