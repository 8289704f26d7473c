import type { Site } from "./binQueries";

/** What part of the world is drawn: x east and y south, in degrees. */
export interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const world: Window = { x: -180, y: -90, width: 360, height: 180 };
const smallest = 12;

/** A part of the world with room around all sites, twice as wide as it is high. */
export function around(points: { x: number; y: number }[]): Window {
  if (!points.length) return world;
  const xs = points.map((one) => one.x);
  const ys = points.map((one) => one.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const width = Math.min(360, Math.max(smallest * 2, (right - left) * 1.4, (bottom - top) * 2.8));
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
  return {
    x: within(middle.x - width / 2, -180, 180 - width),
    y: within(middle.y - width / 4, -90, 90 - width / 2),
    width,
    height: width / 2,
  };
}

/** Where a site stands on the map; nothing for one whose position is not known. */
export function pointOf({ latitude, longitude }: Site): { x: number; y: number } | undefined {
  if (latitude === null || longitude === null) return undefined;
  return { x: Number(longitude), y: -Number(latitude) };
}
