import { queryOptions, useQuery } from "@tanstack/react-query";
import { type BodyOf, client, data, done, page, type RowOf, type Schema } from "@/api";

export type Level = RowOf<"/api/v1/stock-levels">;
export type Movement = RowOf<"/api/v1/inventory/movements">;
export type Transfer = RowOf<"/api/v1/transfers">;

/** What a change of stock makes stale. */
export const touches = ["stock-levels", "inventory", "movements", "reservations", "transfers", "dashboard"];

/** The level of a SKU at a warehouse; null when nothing was ever there. */
export function useLevel(sku: string, warehouse: string) {
  return useQuery({
    queryKey: ["stock-levels", "pair", sku, warehouse],
    queryFn: async () => {
      const found = await page("/api/v1/stock-levels", {
        "filter[sku]": sku,
        "filter[warehouse]": warehouse,
        limit: 1,
      });
      return found.data[0] ?? null;
    },
    enabled: sku !== "" && warehouse !== "",
  });
}

export const adjust = (body: BodyOf<"/api/v1/inventory/adjust", "post">) =>
  data(client.POST("/api/v1/inventory/adjust", { body }));

export const reserve = (body: BodyOf<"/api/v1/reservations", "post">) =>
  data(client.POST("/api/v1/reservations", { body }));

export const setLevels = (body: Schema<"SetMany">) => data(client.POST("/api/v1/inventory/set", { body }));

export const reversePosting = (key: string, reason: string) =>
  data(client.POST("/api/v1/postings/{key}/reverse", { params: { path: { key } }, body: { reason } }));

export const createTransfer = (body: Schema<"TransferIn">) =>
  data(client.POST("/api/v1/transfers", { body }));

const atTransfer = (key: string) => ({ params: { path: { key } } });

export type TransferDetail = Schema<"TransferOut">;

export function transferQuery(key: string) {
  return queryOptions({
    queryKey: ["transfers", "one", key],
    queryFn: () => data(client.GET("/api/v1/transfers/{key}", atTransfer(key))),
  });
}

export const dispatchTransfer = (key: string) =>
  data(client.POST("/api/v1/transfers/{key}/dispatch", atTransfer(key)));

export const receiveTransfer = (key: string, body: Schema<"ReceiveIn">) =>
  data(client.POST("/api/v1/transfers/{key}/receive", { ...atTransfer(key), body }));

export const cancelTransfer = (key: string) =>
  data(client.POST("/api/v1/transfers/{key}/cancel", atTransfer(key)));

export type Reservation = RowOf<"/api/v1/reservations">;
export type Shortage = RowOf<"/api/v1/shortages">;

export const releaseReservation = (id: string) =>
  done(client.DELETE("/api/v1/reservations/{id}", { params: { path: { id } } }));

export const resolveShortage = (shortage_id: string, resolution: string) =>
  done(
    client.POST("/api/v1/shortages/{shortage_id}/resolve", {
      params: { path: { shortage_id } },
      body: { resolution },
    }),
  );

export const setReorderPoint = (body: Schema<"PolicyFor">) =>
  data(client.PUT("/api/v1/replenishment/policies", { body }));
