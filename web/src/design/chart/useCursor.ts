import { type KeyboardEvent, type PointerEvent, useState } from "react";

/** Where an arrow key leads; without a point chosen yet, from the newest one. */
function step(key: string, at: number | null, count: number): number | undefined {
  const from = at ?? count;
  const moves: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    Home: 0,
    End: count - 1,
  };
  return moves[key];
}

/** The point under the pointer or chosen with the arrow keys. */
export function useCursor(count: number, nearest: (x: number) => number) {
  const [at, setAt] = useState<number | null>(null);
  const hold = (index: number) => Math.max(0, Math.min(count - 1, index));

  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setAt(hold(nearest(event.clientX - box.left)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") setAt(null);
    const goal = step(event.key, at, count);
    if (goal === undefined) return;
    event.preventDefault();
    setAt(hold(goal));
  };
  const clear = () => setAt(null);
  const onFocus = () => setAt((before) => before ?? count - 1);
  return { at, handlers: { onPointerMove, onPointerLeave: clear, onKeyDown, onBlur: clear, onFocus } };
}
