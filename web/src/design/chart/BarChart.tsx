import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { series } from "../tokens";
import { Axes, plotArea } from "./Axes";
import { Frame } from "./Frame";
import { linear, ticks } from "./scale";
import { ChartTooltip } from "./Tooltip";
import type { ChartProps, Line } from "./types";
import { useCursor } from "./useCursor";
import { useWidth } from "./useSize";

interface BarChartProps extends ChartProps {
  /** One bar per point; several lines are stacked. */
  bars: Line[];
}

/** Bars, stacked when there are several series; the order of the stack is the order of the legend. */
export function BarChart({ title, units, format, height = 260, bars }: BarChartProps) {
  const { t } = useLingui();
  const [holder, width] = useWidth(640);
  const plot = plotArea(width, height);
  const labels = bars[0]?.points.map((point) => point.label) ?? [];
  const totals = labels.map((_, index) =>
    bars.reduce((sum, bar) => sum + (bar.points[index]?.value ?? 0), 0),
  );
  const yTicks = ticks(0, Math.max(1, ...totals));
  const y = linear([0, yTicks.at(-1) ?? 1], [height - plot.bottom, plot.top]);
  const slot = (width - plot.left - plot.right) / Math.max(1, labels.length);
  const x = (index: number) => plot.left + slot * (index + 0.5);
  const { at, handlers } = useCursor(labels.length, (pixel) => Math.floor((pixel - plot.left) / slot));
  const drawn = bars.map((bar, index) => ({
    ...bar,
    color: bar.color ?? series[index % series.length] ?? series[0],
  }));
  const thick = Math.min(44, slot * 0.68);

  return (
    <Frame
      title={title}
      units={units}
      legend={drawn.map((bar) => ({ name: bar.name, color: bar.color, shape: "box" }))}
      table={{
        columns: [t`When`, ...bars.map((bar) => bar.name)],
        rows: labels.map((label, index) => [
          label,
          ...bars.map((bar) => format(bar.points[index]?.value ?? 0)),
        ]),
      }}
    >
      <Box ref={holder} sx={{ position: "relative" }}>
        <Box
          component="svg"
          width={width}
          height={height}
          role="img"
          aria-label={t`${title}, ${units}. Left and right arrows read each bar.`}
          tabIndex={0}
          {...handlers}
          sx={{ display: "block", borderRadius: "6px", touchAction: "pan-y" }}
        >
          <Axes plot={plot} yTicks={yTicks} y={y} x={x} labels={labels} format={format} />
          {labels.map((label, index) => (
            <Stack
              key={label}
              bars={drawn}
              index={index}
              x={x(index) - thick / 2}
              y={y}
              width={thick}
              dim={at !== null && at !== index}
            />
          ))}
        </Box>
        {at !== null && (
          <ChartTooltip
            x={x(at)}
            width={width}
            title={labels[at] ?? ""}
            lines={drawn.map((bar) => ({
              name: bar.name,
              value: format(bar.points[at]?.value ?? 0),
              color: bar.color,
            }))}
          />
        )}
      </Box>
    </Frame>
  );
}

interface StackProps {
  bars: (Line & { color: string })[];
  index: number;
  x: number;
  y: (value: number) => number;
  width: number;
  dim: boolean;
}

function Stack({ bars, index, x, y, width, dim }: StackProps) {
  let below = 0;
  return (
    <g opacity={dim ? 0.45 : 1}>
      {bars.map((bar) => {
        const value = bar.points[index]?.value ?? 0;
        const top = y(below + value);
        const height = Math.max(0, y(below) - top);
        below += value;
        return (
          <rect
            key={bar.name}
            x={x}
            y={top}
            width={width}
            height={height}
            rx={Math.min(3, height / 2)}
            fill={bar.color}
          />
        );
      })}
    </g>
  );
}
