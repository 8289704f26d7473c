import { brand } from "../tokens";
import { linear, linePath } from "./scale";

interface SparklineProps {
  /** Said instead of the drawing: "Stock value, last 30 days, from £12k to £14k". */
  label: string;
  values: (number | null)[];
  height?: number;
  color?: string;
}

const width = 200;

/** The shape of a figure over time, without axes; it stretches to its place. */
export function Sparkline({ label, values, height = 36, color = brand.blue }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const x = linear([0, values.length - 1], [1, width - 1]);
  const y = linear([Math.min(...known), Math.max(...known)], [height - 3, 3]);
  const points = values.map((value, index) => (value === null ? null : { x: x(index), y: y(value) }));
  const line = linePath(points);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path
        d={`${linePath(points.filter((point) => point !== null))}L${width - 1} ${height}L1 ${height}Z`}
        fill={color}
        opacity={0.1}
      />
      <path
        d={line}
        fill="none"
        stroke={color}
        strokeWidth={1.75}
        vectorEffect="non-scaling-stroke"
        strokeLinejoin="round"
      />
    </svg>
  );
}
