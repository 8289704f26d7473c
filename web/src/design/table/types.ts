import type { MessageDescriptor } from "@lingui/core";
import type { ReactNode } from "react";
import type { View } from "@/lib/view";
import type { IconName } from "../Icon";

export type { View };

/** Where a column's value goes when the row becomes a card on a phone. */
export type CardPlace = "title" | "lead" | "trail" | "line" | "none";

export interface Column<Row> {
  /** Unique in the table. */
  id: string;
  header: MessageDescriptor;
  cell: (row: Row) => ReactNode;
  /** The API's word to sort by; left out, the column does not sort. */
  sort?: string;
  /** Least width in pixels, and how much of the spare width it takes. */
  width?: number;
  grow?: number;
  align?: "right";
  /** The header is read but not seen, over buttons. */
  hideHeader?: boolean;
  /** Not shown until chosen in the columns menu. */
  optional?: boolean;
  card?: CardPlace;
}

export interface FilterOption {
  value: string;
  label: string;
}

export interface Filter {
  /** The API's word: "filter[warehouse]". */
  name: string;
  label: string;
  /** Choices; a filter without choices takes a date. */
  options?: FilterOption[];
}

/** A list as the table sees it, wherever its rows come from. */
export interface ListModel<Row> {
  rows: Row[];
  status: "loading" | "error" | "ready";
  error: Error | null;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
  /** How many rows there are in all, when the API knows. */
  total?: number;
  /** Saves all rows, as they are filtered and sorted, as a file; left out where the API has no file of them. */
  saveAs?: (kind: FileKind) => Promise<void>;
  view: View;
  setView: (change: Partial<View>) => void;
}

export type FileKind = "csv" | "xlsx" | "parquet" | "ndjson";

export interface BulkAction<Row> {
  label: string;
  icon?: IconName;
  danger?: boolean;
  run: (rows: Row[]) => void;
}

export interface DataTableProps<Row> {
  /** Names the table for screen readers, and its column choice in this browser. */
  id: string;
  label: string;
  list: ListModel<Row>;
  columns: Column<Row>[];
  rowId: (row: Row) => string;
  /** What the row is called, for its tick box. */
  rowName?: (row: Row) => string;
  /** Where a row leads; also opened by Enter and by a press anywhere on the row. */
  rowHref?: (row: Row) => string;
  filters?: Filter[];
  searchLabel?: string;
  bulk?: BulkAction<Row>[];
  /** Shown when there is nothing yet at all. */
  empty: ReactNode;
  /** Buttons at the end of the toolbar. */
  actions?: ReactNode;
  /** Its own height instead of the rest of the page. */
  height?: number;
}
