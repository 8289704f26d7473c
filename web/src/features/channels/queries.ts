import { queryOptions, useQuery } from "@tanstack/react-query";
import { client, data, done, every, ifMatch, page, type RowOf, type Schema, tagged } from "@/api";

export type Channel = RowOf<"/api/v1/channels">;
export type ChannelDetail = Schema<"ChannelOut">;
export type Listing = RowOf<"/api/v1/channels/{key}/listings">;
export type Log = RowOf<"/api/v1/channels/{key}/logs">;
export type Difference = RowOf<"/api/v1/channels/{key}/differences">;
export type Conflict = RowOf<"/api/v1/conflicts">;
export type Resolution = Schema<"Resolve">["resolution"];
export type Faults = Record<string, number | boolean>;
export type State = Awaited<ReturnType<typeof readState>>;

/** What a change of a channel makes stale. */
export const touches = ["channels", "listings", "conflicts", "dashboard"];

const at = (key: string) => ({ params: { path: { key } } });

const all = queryOptions({ queryKey: ["channels", "all"], queryFn: () => every("/api/v1/channels") });

/** All channels, in the order in which their orders are served. */
export function useChannels() {
  return useQuery(all);
}

export function channelQuery(key: string) {
  return queryOptions({
    queryKey: ["channels", "one", key],
    queryFn: () => tagged(client.GET("/api/v1/channels/{key}", at(key))),
  });
}

const readState = (key: string) => data(client.GET("/api/v1/channels/{key}/status", at(key)));
const heartbeat = 5_000;

/** How a channel does. Lags and queues change without an event, so it is also asked for again by the clock. */
export function stateQuery(key: string) {
  return queryOptions({
    queryKey: ["channels", "state", key],
    queryFn: () => readState(key),
    refetchInterval: heartbeat,
  });
}

export const createChannel = (body: Schema<"ChannelIn">) => data(client.POST("/api/v1/channels", { body }));

export const changeChannel = (key: string, body: Schema<"ChannelChange">, tag?: string | null) =>
  data(client.PATCH("/api/v1/channels/{key}", { ...at(key), body, ...ifMatch(tag) }));

export const removeChannel = (key: string) => done(client.DELETE("/api/v1/channels/{key}", at(key)));

export const tryCandidate = (body: Schema<"Candidate">) =>
  data(client.POST("/api/v1/channels/test", { body }));

export const testChannel = (key: string) => data(client.POST("/api/v1/channels/{key}/test", at(key)));

export const pauseChannel = (key: string) => data(client.POST("/api/v1/channels/{key}/pause", at(key)));

export const resumeChannel = (key: string) => data(client.POST("/api/v1/channels/{key}/resume", at(key)));

export const syncChannel = (key: string) => data(client.POST("/api/v1/channels/{key}/sync", at(key)));

export const retryQueue = (key: string, skus: string[] = []) =>
  data(client.POST("/api/v1/channels/{key}/queue/retry", { ...at(key), body: { skus } }));

export function deadQuery(key: string) {
  const words = { "filter[dead]": "true", limit: 50 };
  return queryOptions({
    queryKey: ["listings", "dead", key],
    queryFn: () => page("/api/v1/channels/{key}/queue", words, { key }),
  });
}

export function differencesQuery(key: string) {
  return queryOptions({
    queryKey: ["channels", "differences", key],
    queryFn: () => page("/api/v1/channels/{key}/differences", { limit: 50 }, { key }),
  });
}

/** Who is right about a number: `accept` believes the channel and adjusts stock, `dismiss` keeps ours. */
export function settleDifference(key: string, difference_id: string, verdict: "accept" | "dismiss") {
  const params = { params: { path: { key, difference_id } } };
  return data(
    verdict === "accept"
      ? client.POST("/api/v1/channels/{key}/differences/{difference_id}/accept", params)
      : client.POST("/api/v1/channels/{key}/differences/{difference_id}/dismiss", params),
  );
}

export const openConflictsQuery = queryOptions({
  queryKey: ["conflicts", "open"],
  queryFn: () => page("/api/v1/conflicts", { "filter[status]": "open", limit: 50 }),
});

export const resolveConflict = (conflict_id: string, resolution: Resolution) =>
  data(
    client.POST("/api/v1/conflicts/{conflict_id}/resolve", {
      params: { path: { conflict_id } },
      body: { resolution },
    }),
  );

export function faultsQuery(key: string) {
  return queryOptions({
    queryKey: ["channels", "faults", key],
    queryFn: async () => (await data(client.GET("/api/v1/channels/{key}/faults", at(key)))) as Faults,
  });
}

export const changeFaults = (key: string, body: Faults) =>
  data(client.PUT("/api/v1/channels/{key}/faults", { ...at(key), body }));
