import { brand, series } from "../tokens";
import { plotArea } from "./Axes";
import type { TableForm } from "./Frame";
import { linear, linePath, type Pixel, ticks } from "./scale";
import type { Band, Line, Point } from "./types";

export type Drawn = Line & { color: string };
export type Scale = (value: number) => number;
type Write = (value: number) => string;

export function coloured(lines: Line[]): Drawn[] {
  return lines.map((line, index) => ({
    ...line,
    color: line.color ?? series[index % series.length] ?? brand.blue,
  }));
}

/** Lines count pieces: half of one is no level. */
const levels = 5;
const piece = 1;

/** Where everything stands: the drawing's area, its axes, and which point is nearest to a pixel. */
export function lineLayout(lines: Line[], band: Band | undefined, width: number, height: number) {
  const plot = plotArea(width, height);
  const labels = lines[0]?.points.map((point) => point.label) ?? [];
  const values = lines.flatMap((line) => line.points.map((point) => point.value));
  const known = [...values, ...(band?.high ?? []), ...(band?.low ?? [])].filter((value) => value !== null);
  const yTicks = ticks(Math.min(0, ...known), Math.max(1, ...known), levels, piece);
  const y = linear([yTicks[0] ?? 0, yTicks.at(-1) ?? 1], [height - plot.bottom, plot.top]);
  const last = Math.max(1, labels.length - 1);
  const x = linear([0, last], [plot.left, width - plot.right]);
  const back = linear([plot.left, width - plot.right], [0, last]);
  return { plot, labels, yTicks, x, y, nearest: (pixel: number) => Math.round(back(pixel)) };
}

export function placed(points: Point[], x: Scale, y: Scale): (Pixel | null)[] {
  return points.map(({ value }, index) => (value === null ? null : { x: x(index), y: y(value) }));
}

function edge(values: (number | null)[], x: Scale, y: Scale): Pixel[] {
  const points = values.map((value) => ({ label: "", value }));
  return placed(points, x, y).filter((point) => point !== null);
}

export function bandPath(band: Band, x: Scale, y: Scale): string {
  const around = [...edge(band.high, x, y), ...edge(band.low, x, y).reverse()];
  return around.length ? `${linePath(around)}Z` : "";
}

export function legendOf(lines: Drawn[], band: Band | undefined, bandColor: string) {
  const named = lines.map(
    (line) => ({ name: line.name, color: line.color, shape: line.dashed ? "dash" : "line" }) as const,
  );
  return band ? [...named, { name: band.name, color: bandColor, shape: "area" as const }] : named;
}

function written(value: number | null | undefined, format: Write): string {
  return value === null || value === undefined ? "–" : format(value);
}

function ranged(band: Band, at: number, format: Write): string {
  return `${written(band.low[at], format)} – ${written(band.high[at], format)}`;
}

/** What the tooltip says of one point. */
export function told(lines: Drawn[], band: Band | undefined, at: number, format: Write) {
  const found = lines.flatMap((line) => {
    const value = line.points[at]?.value ?? null;
    return value === null ? [] : [{ name: line.name, value: format(value), color: line.color }];
  });
  const isForecast = band && (band.high[at] ?? null) !== null;
  return isForecast ? [...found, { name: band.name, value: ranged(band, at, format) }] : found;
}

/** The chart's figures as a table. */
export function tableOf(
  when: string,
  labels: string[],
  lines: Drawn[],
  band: Band | undefined,
  format: Write,
): TableForm {
  const rows = labels.map((label, index) => {
    const cells = lines.map((line) => written(line.points[index]?.value, format));
    return [label, ...cells, ...(band ? [ranged(band, index, format)] : [])];
  });
  return { columns: [when, ...lines.map((line) => line.name), ...(band ? [band.name] : [])], rows };
}
