import { queryOptions, useQuery } from "@tanstack/react-query";
import { client, data, done, every, ifMatch, type RowOf, type Schema, tagged } from "@/api";

export type Warehouse = RowOf<"/api/v1/warehouses">;

const all = queryOptions({
  queryKey: ["warehouses", "all"],
  queryFn: () => every("/api/v1/warehouses"),
});

/** All warehouses, in the order in which they serve orders. */
export function useWarehouses(): Warehouse[] {
  return useQuery(all).data ?? [];
}

/** The same, or nothing while they are being asked for. */
export function useWarehousesIfKnown(): Warehouse[] | undefined {
  return useQuery(all).data;
}

/** The warehouses as choices of a field or a filter; their codes are what the API takes. */
export function useWarehouseOptions(): { value: string; label: string }[] {
  return useWarehouses().map((one) => ({ value: one.code, label: `${one.name} (${one.code})` }));
}

export function warehouseQuery(key: string) {
  return queryOptions({
    queryKey: ["warehouses", "one", key],
    queryFn: () => tagged(client.GET("/api/v1/warehouses/{key}", { params: { path: { key } } })),
  });
}

export function createWarehouse(body: Schema<"WarehouseIn">) {
  return data(client.POST("/api/v1/warehouses", { body }));
}

export function changeWarehouse(key: string, body: Schema<"WarehouseChange">, tag?: string | null) {
  return data(client.PATCH("/api/v1/warehouses/{key}", { params: { path: { key } }, body, ...ifMatch(tag) }));
}

export function removeWarehouse(key: string) {
  return done(client.DELETE("/api/v1/warehouses/{key}", { params: { path: { key } } }));
}
