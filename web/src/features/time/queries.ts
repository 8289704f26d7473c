import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, data, type RowOf, type Schema } from "@/api";

export type Past = Schema<"PastOut">;
export type WarehousePast = Schema<"WarehousePast">;
export type LevelThen = RowOf<"/api/v1/stock-levels">;

interface Asked {
  asOf: string;
  knownAt?: string;
  warehouse?: string;
  range: string;
}

/** All warehouses at a moment; while the slider moves the last answer stays. */
export function pastQuery({ asOf, knownAt, warehouse, range }: Asked) {
  const query = { as_of: asOf, known_at: knownAt, warehouse, days: Number(range) };
  return queryOptions({
    queryKey: ["stock-levels", "past", query],
    queryFn: () => data(client.GET("/api/v1/time-machine", { params: { query } })),
    placeholderData: keepPreviousData,
  });
}
