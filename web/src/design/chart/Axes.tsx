import { light } from "../tokens";
import { labelIndexes } from "./scale";

export interface Plot {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function plotArea(width: number, height: number): Plot {
  return { width, height, left: 46, right: 12, top: 10, bottom: 26 };
}

interface AxesProps {
  plot: Plot;
  yTicks: number[];
  y: (value: number) => number;
  x: (index: number) => number;
  labels: string[];
  format: (value: number) => string;
}

const text = { fontSize: 12, fill: light.textQuiet } as const;

export function Axes({ plot, yTicks, y, x, labels, format }: AxesProps) {
  const most = Math.max(2, Math.floor((plot.width - plot.left) / 92));
  const last = labels.length - 1;
  return (
    <g>
      {yTicks.map((tick) => (
        <g key={tick}>
          <line
            x1={plot.left}
            x2={plot.width - plot.right}
            y1={y(tick)}
            y2={y(tick)}
            stroke={tick === 0 ? light.line : light.lineSoft}
          />
          <text x={plot.left - 8} y={y(tick)} dy="0.32em" textAnchor="end" style={text}>
            {format(tick)}
          </text>
        </g>
      ))}
      {labelIndexes(labels.length, most).map((index) => (
        <text key={index} x={x(index)} y={plot.height - 6} textAnchor={anchor(index, last)} style={text}>
          {labels[index]}
        </text>
      ))}
    </g>
  );
}

function anchor(index: number, last: number): "start" | "middle" | "end" {
  if (last < 6) return "middle";
  if (index === 0) return "start";
  return index === last ? "end" : "middle";
}
