/** The front door of the design system; the table, the charts and the forms have their own beside it. */

export { notify } from "@/lib/notices";
export { BackLink } from "./BackLink";
export { ConfirmDialog } from "./ConfirmDialog";
export { Code, DateTime, Day, Delta, Missing, Money, Named, Quantity, ScreenReaderOnly } from "./cells";
export { Explain } from "./Explain";
export { Icon, type IconName } from "./Icon";
export { LinkTabs } from "./LinkTabs";
export { Notices } from "./Notices";
export { Card, Facts, Page, PageHeader } from "./Page";
export { QueryMark, queryFault } from "./QueryMark";
export { RemoveButton } from "./RemoveButton";
export { RowMenu, type Verb } from "./RowMenu";
export { SaveDialog } from "./SaveDialog";
export { Segments } from "./Segments";
export { type SimpleColumn, SimpleTable } from "./SimpleTable";
export { StatRow, StatTile } from "./StatTile";
export { StatusChip } from "./StatusChip";
export { endsInside } from "./slider";
export { EmptyState, ErrorState, LinesSkeleton, PageSkeleton, ProgressBar } from "./states";
export {
  brand,
  light,
  mono,
  phoneQuery,
  radius,
  series,
  shadow,
  size,
  type Tone,
  tint,
  tones,
  width,
} from "./tokens";
