import { useQuery } from "@tanstack/react-query";
import { client, data, done, page, type RowOf, type Schema } from "@/api";

export type Bin = RowOf<"/api/v1/bins">;
export type Inside = Schema<"InsideOut">;
export type PlaceStock = Schema<"PlaceOut">;
export type Site = Schema<"SiteOut">;
export type Waiting = Schema<"PutAwayRow">;

/** What a change of places or of what lies in them makes stale. */
export const binTouches = ["bins", "warehouses"];

const largest = 500;

async function allBins(key: string): Promise<Bin[]> {
  const found: Bin[] = [];
  let cursor: string | undefined;
  do {
    const part = await page("/api/v1/bins", { "filter[warehouse]": key, limit: largest, cursor });
    found.push(...part.data);
    cursor = part.meta.next_cursor ?? undefined;
  } while (cursor);
  return found;
}

/** All places inside a warehouse, what holds others first. */
export function useBins(key: string) {
  return useQuery({ queryKey: ["bins", "all", key], queryFn: () => allBins(key), enabled: key !== "" });
}

/** What lies in each place of a warehouse. */
export function useInside(key: string) {
  return useQuery({
    queryKey: ["bins", "inside", key],
    queryFn: () => data(client.GET("/api/v1/warehouses/{key}/inside", { params: { path: { key } } })),
    enabled: key !== "",
  });
}

/** What is to be put away, each with a place for it. */
export function useWaiting(key: string) {
  return useQuery({
    queryKey: ["bins", "waiting", key],
    queryFn: async () =>
      (await page("/api/v1/warehouses/{key}/put-away", { limit: largest }, { key })).data as Waiting[],
    enabled: key !== "",
  });
}

export function useSites() {
  return useQuery({
    queryKey: ["bins", "sites"],
    queryFn: () => data(client.GET("/api/v1/warehouse-sites")),
  });
}

export const createBin = (key: string, body: Schema<"BinIn">) =>
  data(client.POST("/api/v1/warehouses/{key}/bins", { params: { path: { key } }, body }));

export const createBins = (key: string, body: Schema<"BinsIn">) =>
  data(client.POST("/api/v1/warehouses/{key}/bins/bulk", { params: { path: { key } }, body }));

export const changeBin = (key: string, body: Schema<"BinChange">) =>
  data(client.PATCH("/api/v1/bins/{key}", { params: { path: { key } }, body }));

export const removeBin = (key: string, with_parts: boolean) =>
  done(client.DELETE("/api/v1/bins/{key}", { params: { path: { key }, query: { with_parts } } }));

export const drawPlan = (key: string, places: Schema<"Box">[]) =>
  done(client.PUT("/api/v1/warehouses/{key}/plan", { params: { path: { key } }, body: { places } }));

/** Moves stock inside a warehouse; answers with what was posted and what is overfull now. */
export async function relocate(body: Schema<"Relocate">): Promise<string[]> {
  const answer = await client.POST("/api/v1/inventory/relocate", { body });
  await data(Promise.resolve(answer));
  return ((answer.data?.meta as { warnings?: string[] } | undefined)?.warnings ?? []) as string[];
}
