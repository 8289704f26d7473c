import type { Bin } from "./binQueries";

/** Where a place stands on the plan, in metres. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const step = 0.5;

/** To the half metre, never off the plan to the left or the top. */
export function snapped(value: number): number {
  return Math.max(0, Math.round(value / step) * step);
}

export function rectOf(bin: Bin): Rect | undefined {
  const { x, y, width, height } = bin;
  if (x === null || y === null || width === null || height === null) return undefined;
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

const sizes: Record<string, [number, number]> = { zone: [8, 6], aisle: [6, 2], shelf: [2, 1], bin: [1, 1] };
const gap = 0.5;
const widest = 24;

/** Stands places in rows below what stands there already. */
export function arranged(bins: Bin[], taken: Rect[]): Map<string, Rect> {
  const found = new Map<string, Rect>();
  let x = 0;
  let y = taken.reduce((lowest, one) => Math.max(lowest, one.y + one.height + gap), 0);
  let tallest = 0;
  for (const bin of bins) {
    const [width, height] = sizes[bin.kind] ?? [1, 1];
    if (x > 0 && x + width > widest) {
      x = 0;
      y += tallest + gap;
      tallest = 0;
    }
    found.set(bin.id, { x, y, width, height });
    x += width + gap;
    tallest = Math.max(tallest, height);
  }
  return found;
}

/** How large the plan must be to show all, with room to drag. */
export function extent(rects: Iterable<Rect>): { width: number; height: number } {
  let [width, height] = [widest, widest / 2];
  for (const one of rects) {
    width = Math.max(width, one.x + one.width + 2);
    height = Math.max(height, one.y + one.height + 2);
  }
  return { width, height };
}
