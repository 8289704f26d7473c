export { DataTable } from "./DataTable";
export type { BulkAction, Column, Filter, FilterOption, ListModel, View } from "./types";
export type { Layout } from "./useColumns";
export { useColumns } from "./useColumns";
