import { useQuery } from "@tanstack/react-query";
import { client, data, done, every, ifMatch, type RowOf, type Schema, tagged } from "@/api";

export type Unit = RowOf<"/api/v1/units">;
export type Measure = Schema<"MeasureOut">;

export function unitQuery(key: string) {
  return {
    queryKey: ["units", "one", key],
    queryFn: () => tagged(client.GET("/api/v1/units/{key}", { params: { path: { key } } })),
  };
}

export function createUnit(body: Schema<"UnitIn">) {
  return data(client.POST("/api/v1/units", { body }));
}

export function changeUnit(key: string, body: Schema<"UnitChange">, tag?: string | null) {
  return data(client.PATCH("/api/v1/units/{key}", { params: { path: { key } }, body, ...ifMatch(tag) }));
}

export function removeUnit(key: string): Promise<void> {
  return done(client.DELETE("/api/v1/units/{key}", { params: { path: { key } } }));
}

/** All units of the organization, for a menu. */
export function useUnits(): Unit[] {
  const { data: rows } = useQuery({
    queryKey: ["units", "all"],
    queryFn: () => every("/api/v1/units", { sort: "code" }),
  });
  return rows ?? [];
}

/** How a product is measured, by its id or SKU. */
export function useMeasure(key: string) {
  return useQuery({
    queryKey: ["units", "of", key],
    queryFn: () => data(client.GET("/api/v1/products/{key}/units", { params: { path: { key } } })),
    enabled: key !== "",
    retry: false,
  });
}

export function measureProduct(key: string, body: Schema<"MeasureIn">) {
  return data(client.PUT("/api/v1/products/{key}/units", { params: { path: { key } }, body }));
}
