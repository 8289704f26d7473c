/** The only place where colours and pixels are decided. Contrast ratios are against #fff / #f8f9fa. */
export const brand = {
  blue: "#007bff",
  gray: "#6c757d",
  green: "#28a745",
  red: "#dc3545",
  amber: "#ffc107",
  cyan: "#17a2b8",
} as const;

export const light = {
  page: "#f8f9fa",
  paper: "#ffffff",
  text: "#343a40",
  textQuiet: "#5a6268",
  heading: "#212529",
  line: "#dee2e6",
  lineSoft: "#e9ecef",
  outline: "#868e96",
  header: "#f8f9fb",
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
  card: "0 1px 2px rgb(33 37 41 / 4%)",
  raised: "0 8px 28px rgb(33 37 41 / 14%), 0 2px 6px rgb(33 37 41 / 8%)",
  sheet: "0 10px 30px rgb(33 37 41 / 6%)",
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
export const tint = { hover: "#f6f8fa", chosen: "#eaf3ff", quiet: "#f3f7fc" } as const;

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
export const series = ["#0065d2", "#e8850c", "#1d7a33", "#7b4fc9", "#c72332", "#117585"] as const;

export type Tone = "neutral" | "info" | "good" | "warn" | "bad" | "busy";

/** A tone's text (AA on its own tint), tint and solid colour. */
export const tones: Record<Tone, { text: string; tint: string; solid: string }> = {
  neutral: { text: "#495057", tint: "#eef0f2", solid: "#626a72" },
  info: { text: "#0058b8", tint: "#e3f0ff", solid: "#0065d2" },
  good: { text: "#176629", tint: "#e2f4e6", solid: "#1d7a33" },
  warn: { text: "#755600", tint: "#fff3cd", solid: "#8d6900" },
  bad: { text: "#ad1d2a", tint: "#fde8ea", solid: "#c72332" },
  busy: { text: "#0d5f6d", tint: "#def3f6", solid: "#117585" },
};
