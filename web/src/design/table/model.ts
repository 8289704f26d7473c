import {
  type ColumnDef,
  columnVisibilityFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import type { Column } from "./types";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });

interface ModelOptions<Row> {
  rows: Row[];
  columns: Column<Row>[];
  rowId: (row: Row) => string;
  visibility: Record<string, boolean>;
}

/** Visibility and selection by TanStack Table; order and filters are the server's. */
export function useModel<Row extends object>({ rows, columns, rowId, visibility }: ModelOptions<Row>) {
  const defs = useMemo<ColumnDef<typeof features, Row>[]>(
    () => columns.map((column) => ({ id: column.id, accessorFn: () => null })),
    [columns],
  );
  const table = useTable({
    features,
    columns: defs,
    data: rows,
    getRowId: rowId,
    state: { columnVisibility: visibility },
  });
  const shown = columns.filter((column) => visibility[column.id]);
  return { table, shown };
}

export type Model<Row extends object> = ReturnType<typeof useModel<Row>>;
