import { useEffect, useRef, useState } from "react";

const shownFor = 2_400;

/** Ids of rows whose content changed since they were last drawn; each for a moment, to be highlighted. */
export function useChanged<Row>(rows: Row[], rowId: (row: Row) => string): ReadonlySet<string> {
  const seen = useRef(new Map<string, Row>());
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    const before = seen.current;
    const next = new Map(rows.map((row) => [rowId(row), row]));
    const fresh = rows.filter((row) => differs(before.get(rowId(row)), row)).map(rowId);
    seen.current = new Map([...before, ...next]);
    if (!fresh.length) return;
    setChanged(new Set(fresh));
    const timer = setTimeout(() => setChanged(new Set()), shownFor);
    return () => clearTimeout(timer);
  }, [rows, rowId]);

  return changed;
}

function differs<Row>(before: Row | undefined, now: Row): boolean {
  return before !== undefined && before !== now && JSON.stringify(before) !== JSON.stringify(now);
}
