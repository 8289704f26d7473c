import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { light, radius, tones } from "@/design";
import { percent } from "@/lib/format";
import type { Bin, PlaceStock } from "./binQueries";
import { fillTone } from "./binWords";
import { extent, type Rect, snapped, step } from "./plan";

interface FloorPlanProps {
  bins: Bin[];
  rects: Map<string, Rect>;
  stock: Map<string, PlaceStock>;
  mayWrite: boolean;
  onMove: (id: string, rect: Rect) => void;
}

/** The plan as a drawing: what holds others first, so that bins lie upon their zones. */
export function FloorPlan({ bins, rects, stock, mayWrite, onMove }: FloorPlanProps) {
  const { t } = useLingui();
  const svg = useRef<SVGSVGElement>(null);
  const size = extent(rects.values());
  return (
    <Box
      sx={{ overflow: "auto", border: `1px solid ${light.line}`, borderRadius: radius.box }}
      tabIndex={0}
      role="region"
      aria-label={t`Floor plan`}
    >
      <svg
        ref={svg}
        viewBox={`0 0 ${size.width} ${size.height}`}
        style={{ display: "block", width: "100%", minWidth: `${size.width}rem` }}
      >
        <title>{t`Floor plan`}</title>
        <defs>
          <pattern id="metre" width="1" height="1" patternUnits="userSpaceOnUse">
            <path d="M1 0H0V1" fill="none" stroke={light.lineSoft} strokeWidth="0.04" />
          </pattern>
        </defs>
        <rect width={size.width} height={size.height} fill="url(#metre)" />
        {bins.map((bin) => {
          const rect = rects.get(bin.id);
          return (
            rect && (
              <Spot
                key={bin.id}
                bin={bin}
                rect={rect}
                stock={stock.get(bin.id)}
                mayWrite={mayWrite}
                scale={() => size.width / (svg.current?.getBoundingClientRect().width ?? size.width)}
                onMove={(next) => onMove(bin.id, next)}
              />
            )
          );
        })}
      </svg>
    </Box>
  );
}

const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
};

function byKey(rect: Rect, event: KeyboardEvent): Rect | undefined {
  const arrow = arrows[event.key];
  if (!arrow) return undefined;
  const [dx, dy] = arrow;
  if (!event.shiftKey) return { ...rect, x: snapped(rect.x + dx), y: snapped(rect.y + dy) };
  return { ...rect, width: Math.max(step, rect.width + dx), height: Math.max(step, rect.height + dy) };
}

interface SpotProps {
  bin: Bin;
  rect: Rect;
  stock: PlaceStock | undefined;
  mayWrite: boolean;
  /** Metres to one pixel. */
  scale: () => number;
  onMove: (rect: Rect) => void;
}

/** One place: dragged with the pointer, moved and resized with the keys, and read aloud with how full it is. */
function Spot({ bin, rect, stock, mayWrite, scale, onMove }: SpotProps) {
  const { t } = useLingui();
  const grabbed = useRef<{ x: number; y: number; from: Rect }>(undefined);
  const tone = tones[fillTone(stock?.fill)];
  const share = stock?.fill ? percent(Number(stock.fill)) : "";
  const move = (event: PointerEvent) => {
    const start = grabbed.current;
    if (!start) return;
    const x = snapped(start.from.x + (event.clientX - start.x) * scale());
    const y = snapped(start.from.y + (event.clientY - start.y) * scale());
    if (x !== rect.x || y !== rect.y) onMove({ ...rect, x, y });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = byKey(rect, event);
    if (!next || !mayWrite) return;
    event.preventDefault();
    onMove(next);
  };
  const said = share ? t`${bin.code}, ${share} full` : bin.code;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing
    <g
      role="button"
      tabIndex={0}
      aria-label={said}
      transform={`translate(${rect.x} ${rect.y})`}
      style={{ cursor: mayWrite ? "move" : "default", touchAction: mayWrite ? "none" : undefined }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (!mayWrite) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grabbed.current = { x: event.clientX, y: event.clientY, from: rect };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        grabbed.current = undefined;
      }}
    >
      <title>{said}</title>
      <rect
        width={rect.width}
        height={rect.height}
        rx="0.1"
        fill={tone.tint}
        stroke={tone.solid}
        strokeWidth="0.06"
      />
      <text x="0.15" y="0.5" fontSize="0.4" fill={tone.text}>
        {bin.code}
      </text>
      {share && rect.height >= 1 && (
        <text x="0.15" y="0.9" fontSize="0.32" fill={tone.text}>
          {share}
        </text>
      )}
    </g>
  );
}
