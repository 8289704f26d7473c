import { useEffect, useRef, useState } from "react";

const shownFor = 2_400;

/** Ids of rows whose content changed since they were last drawn; each for a moment, to be highlighted. */
export function useChanged<Row extends object>(
  rows: Row[],
  rowId: (row: Row) => string,
): ReadonlySet<string> {
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

/** A value that was not known yet has not changed when it comes. */
function differs<Row extends object>(before: Row | undefined, now: Row): boolean {
  if (before === undefined || before === now) return false;
  const later = now as Record<string, unknown>;
  return Object.entries(before).some(
    ([field, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(later[field]),
  );
}
