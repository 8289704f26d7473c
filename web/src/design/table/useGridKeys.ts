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
  edit: (place: Place) => void;
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

/** One tab stop for the whole grid; arrows move inside it. Space ticks a row, Enter opens it or edits the cell, F2 edits it. */
export function useGridKeys(grid: GridKeys) {
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const { rows, columns, scroller, reveal, toggleRow, openRow, edit } = grid;

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
      const done = goal ? focus(goal) : act(event, active, { toggleRow, openRow, edit });
      if (done) event.preventDefault();
    },
    [active, rows, columns, focus, toggleRow, openRow, edit],
  );

  const tabIndex = (row: number, column: number) => (active.row === row && active.column === column ? 0 : -1);
  return { active, setActive, focus, onKeyDown, tabIndex };
}

type Verbs = Pick<GridKeys, "toggleRow" | "openRow" | "edit">;

/** What Enter, F2 and Space do on a focused cell: edit it, press the control in it, open or tick its row. */
function act(event: KeyboardEvent, active: Place, verbs: Verbs): boolean {
  const cell = event.target as HTMLElement;
  if (!cell.dataset.cell || !["Enter", " ", "F2"].includes(event.key)) return false;
  if (event.key !== " " && cell.dataset.editable) {
    verbs.edit(active);
    return true;
  }
  if (event.key !== "F2") press(cell, event.key, active, verbs);
  return event.key !== "F2";
}

function press(cell: HTMLElement, key: string, active: Place, verbs: Verbs): void {
  const control = cell.querySelector<HTMLElement>("button, input");
  const inHead = active.row < 0;
  if (control && (inHead || key === "Enter")) control.click();
  else if (!inHead) (key === "Enter" ? verbs.openRow : verbs.toggleRow)(active.row);
}
