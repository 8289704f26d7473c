export interface Point {
  /** What stands under the axis and in the table: a day, a name. */
  label: string;
  /** Missing stays missing: null is a gap, not a zero. */
  value: number | null;
}

export interface Line {
  name: string;
  points: Point[];
  color?: string;
  dashed?: boolean;
}

/** The range in which a share of outcomes is expected, beside the line it belongs to. */
export interface Band {
  name: string;
  low: (number | null)[];
  high: (number | null)[];
}

export interface ChartProps {
  title: string;
  /** What is counted: "pieces per day". */
  units: string;
  /** How a value is written in the tooltip, the axis and the table. */
  format: (value: number) => string;
  height?: number;
}
