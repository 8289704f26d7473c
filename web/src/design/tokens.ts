/** The only place where colours and pixels are decided. What a colour is in each theme stands in themes.css. */
export const brand = {
  blue: "#007bff",
  gray: "#6c757d",
  green: "#28a745",
  red: "#dc3545",
  amber: "#ffc107",
  cyan: "#17a2b8",
} as const;

/** Grounds, texts and lines of the theme that is set. */
export const light = {
  page: "var(--page)",
  paper: "var(--paper)",
  text: "var(--text)",
  textQuiet: "var(--quiet)",
  heading: "var(--heading)",
  line: "var(--line)",
  lineSoft: "var(--line-soft)",
  outline: "var(--outline)",
  header: "var(--header)",
  control: "var(--control-line)",
} as const;

export const sans = '"Open Sans Variable", system-ui, sans-serif';
export const mono = '"Roboto Mono Variable", ui-monospace, monospace';

export const size = {
  sidebar: 232,
  topbar: 60,
  bottomBar: 60,
  row: 46,
  tableHead: 42,
  drawer: 480,
  page: 1440,
} as const;

/** Below this width the app is a phone: bottom bar, cards instead of grids, full-width drawers. */
export const phoneQuery = "(max-width:719.95px)";

export const shadow = {
  card: "var(--shadow-card)",
  raised: "var(--shadow-raised)",
  sheet: "var(--shadow-sheet)",
} as const;

/** Corners, from the smallest thing to the largest. */
export const radius = {
  chip: "4px",
  control: "8px",
  box: "10px",
  sheet: "16px",
  sheetTop: "16px 16px 0 0",
} as const;

/** Quiet backgrounds that tell one row or box from the next. */
export const tint = {
  hover: "var(--hover)",
  chosen: "var(--chosen)",
  quiet: "var(--quiet-tint)",
  changed: "var(--changed)",
  track: "var(--track)",
} as const;

/** How wide things are before they give way. */
export const width = {
  narrow: "1 1 220px",
  medium: "1 1 260px",
  wide: "1 1 320px",
  search: "0 1 440px",
  fieldColumns: "repeat(auto-fill, minmax(220px, 1fr))",
  besidePanel: "minmax(0, 1fr) 320px",
  belowField: "calc(100% + 6px)",
} as const;

/** Colours for series in charts, in order of use: told apart by lightness too, not by hue alone. */
export const series = [
  "var(--series-1)",
  "var(--series-2)",
  "var(--series-3)",
  "var(--series-4)",
  "var(--series-5)",
  "var(--series-6)",
] as const;

export type Tone = "neutral" | "info" | "good" | "warn" | "bad" | "busy";

const toned = (name: Tone) => ({
  text: `var(--${name}-text)`,
  tint: `var(--${name}-tint)`,
  solid: `var(--${name}-solid)`,
});

/** A tone's text (legible on its own tint), tint and solid colour. */
export const tones: Record<Tone, ReturnType<typeof toned>> = {
  neutral: toned("neutral"),
  info: toned("info"),
  good: toned("good"),
  warn: toned("warn"),
  bad: toned("bad"),
  busy: toned("busy"),
};

/** The edge of a chip: seen in high contrast, where tints are not. */
export const chipLine = "1px solid var(--chip-line)";
