/** Maps a value between two ends onto pixels between two ends. */
export function linear(from: [number, number], to: [number, number]): (value: number) => number {
  const [low, high] = from;
  const span = high - low || 1;
  return (value) => to[0] + ((value - low) / span) * (to[1] - to[0]);
}

/** Round numbers from zero (or below) to at least `high`, about `count` of them, never closer than `least`. */
export function ticks(low: number, high: number, count = 5, least = 0): number[] {
  const span = Math.max(high - Math.min(0, low), Number.EPSILON);
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const step = Math.max(round, least);
  const start = Math.floor(Math.min(0, low) / step) * step;
  const found: number[] = [];
  for (let value = start; value < high + step * 0.999; value += step)
    found.push(Number(value.toPrecision(12)));
  return found.length > 1 ? found : [start, start + step];
}

export interface Pixel {
  x: number;
  y: number;
}

/** An SVG path through points; where a value is missing the line is broken, never drawn as zero. */
export function linePath(points: (Pixel | null)[]): string {
  let path = "";
  let pen = "M";
  for (const point of points) {
    if (!point) {
      pen = "M";
      continue;
    }
    path += `${pen}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
    pen = "L";
  }
  return path;
}

/** Positions of at most `most` labels among `count` points, evenly spread and the last one included. */
export function labelIndexes(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  const step = (count - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => Math.round(index * step));
}
