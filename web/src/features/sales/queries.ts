import { queryOptions } from "@tanstack/react-query";
import { client, data, done, type RowOf, type Schema } from "@/api";

export type OrderRow = RowOf<"/api/v1/orders">;
export type Order = Schema<"OrderDetail">;
export type OrderLine = Order["lines"][number];

const at = (key: string) => ({ params: { path: { key } } });

/** What a change of an order makes stale. */
export const touches = ["orders", "stock-levels", "inventory", "movements", "dashboard"];

export function orderQuery(key: string) {
  return queryOptions({
    queryKey: ["orders", "one", key],
    queryFn: () => data(client.GET("/api/v1/orders/{key}", at(key))),
  });
}

export const createOrder = (body: Schema<"OrderIn">) => data(client.POST("/api/v1/orders", { body }));

export const changeOrder = (key: string, body: Schema<"OrderChange">) =>
  data(client.PATCH("/api/v1/orders/{key}", { ...at(key), body }));

export const shipOrder = (key: string, body: Schema<"ShipIn">) =>
  data(client.POST("/api/v1/orders/{key}/ship", { ...at(key), body }));

export const deliverOrder = (key: string) => data(client.POST("/api/v1/orders/{key}/deliver", at(key)));

export const cancelOrder = (key: string) => data(client.POST("/api/v1/orders/{key}/cancel", at(key)));

export const allocateOrder = (key: string) => data(client.POST("/api/v1/orders/{key}/allocate", at(key)));

export const removeOrder = (key: string) => done(client.DELETE("/api/v1/orders/{key}", at(key)));
