import { type KeyboardEvent, type RefObject, useCallback, useState } from "react";

/** A cell by row (-1 is the head) and column. */
export interface Place {
  row: number;
  column: number;
}

interface GridKeys {
  rows: number;
  columns: number;
  scroller: RefObject<HTMLElement | null>;
  reveal: (row: number) => void;
  toggleRow: (row: number) => void;
  openRow: (row: number) => void;
}

const pageStep = 10;

/** Where a key leads from a place, before it is held inside the grid; nothing for other keys. */
export function target(
  key: string,
  ctrl: boolean,
  from: Place,
  rows: number,
  columns: number,
): Place | undefined {
  const { row, column } = from;
  const moves: Record<string, Place> = {
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    ArrowRight: { row, column: column + 1 },
    ArrowLeft: { row, column: column - 1 },
    PageDown: { row: row + pageStep, column },
    PageUp: { row: row - pageStep, column },
    Home: { row: ctrl ? 0 : row, column: 0 },
    End: { row: ctrl ? rows - 1 : row, column: columns - 1 },
  };
  const goal = moves[key];
  return (
    goal && {
      row: Math.max(-1, Math.min(rows - 1, goal.row)),
      column: Math.max(0, Math.min(columns - 1, goal.column)),
    }
  );
}

/** One tab stop for the whole grid; arrows move inside it. Space ticks a row, Enter opens it. */
export function useGridKeys(grid: GridKeys) {
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const { rows, columns, scroller, reveal, toggleRow, openRow } = grid;

  const focus = useCallback(
    (place: Place) => {
      setActive(place);
      if (place.row >= 0) reveal(place.row);
      requestAnimationFrame(() => {
        scroller.current?.querySelector<HTMLElement>(`[data-cell="${place.row}:${place.column}"]`)?.focus();
      });
      return true;
    },
    [reveal, scroller],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const goal = target(event.key, event.ctrlKey || event.metaKey, active, rows, columns);
      const done = goal ? focus(goal) : act(event, active, { toggleRow, openRow });
      if (done) event.preventDefault();
    },
    [active, rows, columns, focus, toggleRow, openRow],
  );

  const tabIndex = (row: number, column: number) => (active.row === row && active.column === column ? 0 : -1);
  return { active, setActive, onKeyDown, tabIndex };
}

/** What Enter and Space do on a focused cell: press the control in it, or open or tick its row. */
function act(event: KeyboardEvent, active: Place, verbs: Pick<GridKeys, "toggleRow" | "openRow">): boolean {
  const cell = event.target as HTMLElement;
  if (!cell.dataset.cell || !["Enter", " "].includes(event.key)) return false;
  const control = cell.querySelector<HTMLElement>("button, input");
  const inHead = active.row < 0;
  if (control && (inHead || event.key === "Enter")) control.click();
  else if (!inHead) (event.key === "Enter" ? verbs.openRow : verbs.toggleRow)(active.row);
  return true;
}
