import { useCallback, useMemo, useState } from "react";
import type { Column } from "./types";

/** The columns chosen for a table, kept in this browser. */
export function useColumns<Row>(id: string, columns: Column<Row>[]) {
  const place = `onhand.columns.${id}`;
  const [visibility, setVisibility] = useState<Record<string, boolean>>(() => read(place));

  const complete = useMemo(() => {
    const own = Object.fromEntries(columns.map((column) => [column.id, !column.optional]));
    return { ...own, ...visibility };
  }, [columns, visibility]);

  const toggle = useCallback(
    (column: string, shown: boolean) => {
      setVisibility((before) => {
        const next = { ...before, [column]: shown };
        localStorage.setItem(place, JSON.stringify(next));
        return next;
      });
    },
    [place],
  );

  return { visibility: complete, toggle };
}

function read(place: string): Record<string, boolean> {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "{}") as Record<string, boolean>;
  } catch {
    return {};
  }
}
