import { useCallback, useMemo, useState } from "react";
import type { Column } from "./types";

export type Density = "compact" | "normal" | "roomy";

/** What of a table one chose: which columns, in which order, how dense. */
export interface Layout {
  visibility: Record<string, boolean>;
  order: string[];
  density: Density;
}

const plain: Layout = { visibility: {}, order: [], density: "normal" };

/** The columns chosen for a table and their order, kept in this browser. */
export function useColumns<Row>(id: string, columns: Column<Row>[]) {
  const place = `onhand.columns.${id}`;
  const [layout, setLayout] = useState<Layout>(() => readLayout(localStorage.getItem(place)));

  const change = useCallback(
    (next: Partial<Layout>) =>
      setLayout((before) => {
        const whole = { ...before, ...next };
        localStorage.setItem(place, JSON.stringify(whole));
        return whole;
      }),
    [place],
  );
  const ordered = useMemo(() => inOrder(columns, layout.order), [columns, layout.order]);
  const visibility = useMemo(() => {
    const own = Object.fromEntries(columns.map((column) => [column.id, !column.optional]));
    return { ...own, ...layout.visibility };
  }, [columns, layout.visibility]);
  return { ordered, visibility, layout, change };
}

/** Those named, as named; the others behind the one that they follow by nature. */
export function inOrder<Row>(columns: Column<Row>[], order: string[]): Column<Row>[] {
  const named = order.flatMap((id) => columns.filter((column) => column.id === id));
  const result = [...named];
  for (const [index, column] of columns.entries()) {
    if (named.includes(column)) continue;
    const before = columns[index - 1];
    result.splice(before ? result.indexOf(before) + 1 : 0, 0, column);
  }
  return result;
}

/** What was kept, also as it was kept before there was an order: the choice alone. */
export function readLayout(written: string | null): Layout {
  try {
    const kept = JSON.parse(written ?? "{}") as Partial<Layout> & Record<string, unknown>;
    if (kept.visibility && Array.isArray(kept.order)) return { ...plain, ...kept };
    return { ...plain, visibility: kept as Record<string, boolean> };
  } catch {
    return plain;
  }
}
