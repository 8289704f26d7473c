import { queryOptions } from "@tanstack/react-query";
import { client, data, done, type RowOf, type Schema } from "@/api";

export type StockValue = Schema<"StockValueOut">;
export type Worth = Schema<"WorthOut">;
export type Layer = RowOf<"/api/v1/costs/layers">;
export type Receipt = RowOf<"/api/v1/costs/receipts">;
export type Entry = RowOf<"/api/v1/costs/entries">;
export type CostLine = Schema<"CostOut">;
export type Use = Schema<"UseOut">;
export type Rate = Schema<"CurrentRateOut">;
export type Feed = Schema<"FeedOut">;

/** What a change of costs makes stale. */
export const touches = ["costs", "inventory", "stock-levels", "dashboard"];
export const rateTouches = ["costs", "rates"];

export interface Ask {
  as_of?: string;
  currency?: string;
  warehouse?: string;
  days?: number;
}

export function valueQuery(query: Ask) {
  return queryOptions({
    queryKey: ["costs", "value", query],
    queryFn: () => data(client.GET("/api/v1/valuation", { params: { query } })),
  });
}

/** What the postings of a document, such as an order, cost. */
export function costQuery(kind: string, reference_id: string) {
  return queryOptions({
    queryKey: ["costs", "of", kind, reference_id],
    queryFn: () =>
      data(
        client.GET("/api/v1/costs/references/{kind}/{reference_id}", {
          params: { path: { kind, reference_id } },
        }),
      ),
  });
}

export const methodsQuery = queryOptions({
  queryKey: ["costs", "methods"],
  queryFn: () => data(client.GET("/api/v1/costs/methods")),
});

export const ratesQuery = queryOptions({
  queryKey: ["rates", "current"],
  queryFn: () => data(client.GET("/api/v1/exchange-rates/current")),
});

export const feedQuery = queryOptions({
  queryKey: ["rates", "feed"],
  queryFn: () => data(client.GET("/api/v1/exchange-rates/feed")),
});

export const tellCost = (body: Schema<"CostsIn">) => data(client.POST("/api/v1/costs/receipts", { body }));

export const addLanded = (body: Schema<"LandedIn">) => data(client.POST("/api/v1/costs/landed", { body }));

export const reverseEntry = (key: string) =>
  data(client.POST("/api/v1/costs/entries/{key}/reverse", { params: { path: { key } } }));

export const setMethod = (body: Schema<"MethodIn">) => data(client.PUT("/api/v1/costs/methods", { body }));

export const setRate = (body: Schema<"RateIn">) => data(client.PUT("/api/v1/exchange-rates", { body }));

export const removeRate = (currency: string, day: string) =>
  done(client.DELETE("/api/v1/exchange-rates", { params: { query: { currency, day } } }));

export const changeFeed = (body: Schema<"FeedIn">) =>
  data(client.PATCH("/api/v1/exchange-rates/feed", { body }));

export const refreshRates = () => data(client.POST("/api/v1/exchange-rates/refresh"));
