import { keepPreviousData, queryOptions, useQueries } from "@tanstack/react-query";
import { client, data, page, type RowOf, type Schema } from "@/api";
import { type Channel, stateQuery } from "@/features/channels";
import type { PeriodName } from "./period";

export type Figures = Schema<"DashboardOut">;
export type Order = RowOf<"/api/v1/orders">;
export type Movement = RowOf<"/api/v1/inventory/movements">;

/** Every figure of the first page over one period; sales touch it all the time, so the old ones stay meanwhile. */
export function figuresQuery(period: PeriodName) {
  return queryOptions({
    queryKey: ["dashboard", "figures", period],
    queryFn: () => data(client.GET("/api/v1/analytics/dashboard", { params: { query: { period } } })),
    placeholderData: keepPreviousData,
  });
}

const recent = 60;

export const recentOrdersQuery = queryOptions({
  queryKey: ["orders", "recent"],
  queryFn: async () => (await page("/api/v1/orders", { sort: "-created_at", limit: recent })).data,
});

/** Sales are left out: the orders tell of them. Opening balances are no news. */
const told = "purchase,adjustment,transfer,return,count,waste,production";

export const recentMovementsQuery = queryOptions({
  queryKey: ["movements", "recent"],
  queryFn: async () => (await page("/api/v1/inventory/movements", { "filter[type]": told, limit: 60 })).data,
});

/** The states of all channels at once, in their order; those not known yet are undefined. */
export function useStates(channels: Channel[]) {
  return useQueries({ queries: channels.map((channel) => stateQuery(channel.id)) }).map((one) => one.data);
}
