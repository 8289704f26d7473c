import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { light, tones } from "@/design";
import { moneyShort, quantity } from "@/lib/format";
import { useGo } from "@/lib/navigation";
import type { Site } from "./binQueries";
import { land } from "./land";
import { around, pointOf, world } from "./map";

/** The continents as outlines, no server of maps asked; each site as a dot as large as its value among them. */
export function SiteMap({ sites, whole }: { sites: Site[]; whole: boolean }) {
  const { t } = useLingui();
  const points = sites.flatMap((site) => {
    const at = pointOf(site);
    return at ? [{ site, at }] : [];
  });
  const part = whole ? world : around(points.map((one) => one.at));
  const most = Math.max(1, ...sites.map((site) => Number(site.value)));
  return (
    <Box
      component="svg"
      viewBox={`${part.x} ${part.y} ${part.width} ${part.height}`}
      role="group"
      aria-label={t`Map of sites`}
      sx={{ display: "block", width: "100%", maxHeight: "70vh", bgcolor: tones.info.tint }}
    >
      <path d={land} fill={light.header} stroke={light.outline} strokeWidth={part.width / 1200} />
      {points.map(({ site, at }) => (
        <Dot key={site.id} site={site} at={at} unit={part.width / 100} share={Number(site.value) / most} />
      ))}
    </Box>
  );
}

interface DotProps {
  site: Site;
  at: { x: number; y: number };
  /** A hundredth of the map's width. */
  unit: number;
  share: number;
}

function Dot({ site, at, unit, share }: DotProps) {
  const { t } = useLingui();
  const go = useGo();
  const value = moneyShort(site.value, site.currency);
  const said = t`${site.name}: ${quantity(site.units)} units, ${value}`;
  const href = `/warehouses/${site.code}`;
  return (
    <a
      href={href}
      aria-label={said}
      onClick={(event) => {
        event.preventDefault();
        go(href);
      }}
    >
      <title>{said}</title>
      <circle
        cx={at.x}
        cy={at.y}
        r={unit * (0.7 + 1.3 * Math.sqrt(share))}
        fill={tones.info.solid}
        stroke={light.paper}
        strokeWidth={unit * 0.2}
      />
      <text x={at.x + unit * 2.4} y={at.y + unit * 0.5} fontSize={unit * 1.5} fill={tones.neutral.text}>
        {`${site.code} · ${value}`}
      </text>
    </a>
  );
}
