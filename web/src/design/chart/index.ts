export { BarChart } from "./BarChart";
export { LineChart } from "./LineChart";
export { Sparkline } from "./Sparkline";
export type { Band, Line, Point } from "./types";
