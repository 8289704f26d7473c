import { queryOptions } from "@tanstack/react-query";
import { client, data, done, isEnded, jobPause, page, type RowOf, type Schema } from "@/api";

export type Forecast = Schema<"ForecastOut">;
export type ForecastRow = RowOf<"/api/v1/forecasts">;
export type Accuracy = Schema<"AccuracyOut">;
export type DemandDay = Schema<"DemandDay">;

export function forecastQuery(forecast_id: string) {
  return queryOptions({
    queryKey: ["forecasts", "one", forecast_id],
    queryFn: () => data(client.GET("/api/v1/forecasts/{forecast_id}", { params: { path: { forecast_id } } })),
  });
}

/** What was sold by day: the history a forecast is shown behind. */
export function demandQuery(sku: string, warehouse: string | null, days: number) {
  const query = { sku, days, ...(warehouse ? { warehouse } : {}) };
  return queryOptions({
    queryKey: ["forecasts", "demand", query],
    queryFn: () => data(client.GET("/api/v1/forecasting/demand", { params: { query } })),
  });
}

export const accuracyQuery = queryOptions({
  queryKey: ["forecasts", "accuracy"],
  queryFn: () => data(client.GET("/api/v1/forecasting/accuracy")),
});

export function makeForecast(body: Schema<"ForecastIn">): Promise<Forecast> {
  return data(client.POST("/api/v1/forecasts", { body }));
}

export function removeForecast(forecast_id: string): Promise<void> {
  return done(client.DELETE("/api/v1/forecasts/{forecast_id}", { params: { path: { forecast_id } } }));
}

export type Suggestion = RowOf<"/api/v1/replenishment/suggestions">;
export type Policy = Schema<"PolicyOut">;

/** What a change of a reorder point makes stale. */
export const touches = ["reorder", "stock-levels", "dashboard"];

/** How a SKU is reordered at a warehouse, against live stock; null while nothing is known about the pair. */
export function reorderQuery(sku: string, warehouse: string) {
  return queryOptions({
    queryKey: ["reorder", "pair", sku, warehouse],
    queryFn: async () => {
      const words = { "filter[sku]": sku, "filter[warehouse]": warehouse, limit: 1 };
      const found = await page("/api/v1/replenishment/policies", words);
      return found.data[0] ?? null;
    },
  });
}

export function policyQuery(policy_id: string) {
  return queryOptions({
    queryKey: ["reorder", "policy", policy_id],
    queryFn: () =>
      data(client.GET("/api/v1/replenishment/policies/{policy_id}", { params: { path: { policy_id } } })),
  });
}

export function setPolicy(body: Schema<"PolicyFor">): Promise<Policy> {
  return data(client.PUT("/api/v1/replenishment/policies", { body }));
}

/** Forecasts and reorder points of every SKU anew, as every night. */
export const planAll = () => data(client.POST("/api/v1/forecasting/generate"));

/** The plan that is under way, whoever asked for it, or the last one; null while there was none. */
export const planQuery = queryOptions({
  queryKey: ["jobs", "plan"],
  queryFn: async () => (await page("/api/v1/jobs", { "filter[kind]": "planning", limit: 1 })).data[0] ?? null,
  refetchInterval: ({ state }) => (state.data && !isEnded(state.data) ? jobPause : false),
});
