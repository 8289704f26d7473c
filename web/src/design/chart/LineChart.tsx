import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { brand, light } from "../tokens";
import { Axes } from "./Axes";
import { Frame } from "./Frame";
import {
  bandPath,
  coloured,
  type Drawn,
  legendOf,
  lineLayout,
  placed,
  type Scale,
  tableOf,
  told,
} from "./lines";
import { linePath } from "./scale";
import { ChartTooltip } from "./Tooltip";
import type { Band, ChartProps, Line } from "./types";
import { useCursor } from "./useCursor";
import { useWidth } from "./useSize";

interface LineChartProps extends ChartProps {
  lines: Line[];
  band?: Band;
  /** The index at which the past ends and the forecast begins. */
  divide?: { at: number; label: string };
}

/** Lines over one axis, with the range that is expected around a forecast. */
export function LineChart({ title, units, format, height = 260, lines, band, divide }: LineChartProps) {
  const { t } = useLingui();
  const [holder, width] = useWidth(640);
  const { plot, labels, yTicks, x, y, nearest } = lineLayout(lines, band, width, height);
  const { at, handlers } = useCursor(labels.length, nearest);
  const drawn = coloured(lines);
  const bandColor = drawn.at(-1)?.color ?? brand.blue;

  return (
    <Frame
      title={title}
      units={units}
      legend={legendOf(drawn, band, bandColor)}
      table={tableOf(t`When`, labels, drawn, band, format)}
    >
      <Box ref={holder} sx={{ position: "relative" }}>
        <Box
          component="svg"
          width={width}
          height={height}
          role="img"
          aria-label={t`${title}, ${units}. Left and right arrows read each point.`}
          tabIndex={0}
          {...handlers}
          sx={{ display: "block", borderRadius: "6px", touchAction: "pan-y" }}
        >
          <Axes plot={plot} yTicks={yTicks} y={y} x={x} labels={labels} format={format} />
          {band && <path d={bandPath(band, x, y)} fill={bandColor} opacity={0.16} />}
          {divide && (
            <Divide x={x(divide.at)} top={plot.top} bottom={height - plot.bottom} label={divide.label} />
          )}
          {drawn.map((line) => (
            <path
              key={line.name}
              d={linePath(placed(line.points, x, y))}
              fill="none"
              stroke={line.color}
              strokeWidth={2}
              strokeLinejoin="round"
              strokeDasharray={line.dashed ? "5 4" : undefined}
            />
          ))}
          {at !== null && (
            <Marks lines={drawn} at={at} x={x} y={y} top={plot.top} bottom={height - plot.bottom} />
          )}
        </Box>
        {at !== null && (
          <ChartTooltip
            x={x(at)}
            width={width}
            title={labels[at] ?? ""}
            lines={told(drawn, band, at, format)}
          />
        )}
      </Box>
    </Frame>
  );
}

function Divide({ x, top, bottom, label }: { x: number; top: number; bottom: number; label: string }) {
  return (
    <g>
      <line x1={x} x2={x} y1={top} y2={bottom} stroke={light.outline} strokeDasharray="3 4" />
      <text x={x + 6} y={top + 10} style={{ fontSize: 12, fill: light.textQuiet }}>
        {label}
      </text>
    </g>
  );
}

function Marks({ lines, at, x, y, top, bottom }: MarksProps) {
  return (
    <g>
      <line x1={x(at)} x2={x(at)} y1={top} y2={bottom} stroke={light.outline} />
      {lines.map((line) => {
        const value = line.points[at]?.value ?? null;
        return value === null ? null : (
          <circle
            key={line.name}
            cx={x(at)}
            cy={y(value)}
            r={4}
            fill={line.color}
            stroke={light.paper}
            strokeWidth={2}
          />
        );
      })}
    </g>
  );
}

interface MarksProps {
  lines: Drawn[];
  at: number;
  x: Scale;
  y: Scale;
  top: number;
  bottom: number;
}
