import { queryOptions, useQuery } from "@tanstack/react-query";
import { client, data, done, type RowOf, type Schema } from "@/api";

export type Count = Schema<"CountOut">;
export type CountRow = RowOf<"/api/v1/counts">;
export type CountLine = RowOf<"/api/v1/counts/{key}/lines">;
export type SheetLine = RowOf<"/api/v1/counts/{key}/sheet">;
export type Noted = Schema<"NotedOut">;
export type Rules = Schema<"RulesOut">;

/** What a step of a count makes stale. */
export const touches = ["counts", "count-lines", "count-due"];
/** What its posting makes stale too. */
export const postingTouches = [
  ...touches,
  "stock-levels",
  "inventory",
  "movements",
  "count-accuracy",
  "dashboard",
];

const at = (key: string) => ({ params: { path: { key } } });

export function countQuery(key: string) {
  return queryOptions({
    queryKey: ["counts", "one", key],
    queryFn: () => data(client.GET("/api/v1/counts/{key}", at(key))),
  });
}

export const planCount = (body: Schema<"CountIn">) => data(client.POST("/api/v1/counts", { body }));

export const startCount = (key: string) => data(client.POST("/api/v1/counts/{key}/start", at(key)));

export const submitCount = (key: string, rest: Schema<"SubmitIn">["rest"]) =>
  data(client.POST("/api/v1/counts/{key}/submit", { ...at(key), body: { rest } }));

export const recountLines = (key: string, lines: string[]) =>
  data(client.POST("/api/v1/counts/{key}/recount", { ...at(key), body: { lines } }));

export const approveCount = (key: string) => data(client.POST("/api/v1/counts/{key}/approve", at(key)));

export const postCount = (key: string) => data(client.POST("/api/v1/counts/{key}/post", at(key)));

export const cancelCount = (key: string) => data(client.POST("/api/v1/counts/{key}/cancel", at(key)));

export const tally = (key: string, lines: Schema<"EntryIn">[]) =>
  data(client.POST("/api/v1/counts/{key}/tallies", { ...at(key), body: { lines } }));

export const explainLine = (key: string, line_id: string, body: Schema<"LineChange">) =>
  done(client.PATCH("/api/v1/counts/{key}/lines/{line_id}", { params: { path: { key, line_id } }, body }));

export function reportQuery(key: string) {
  return queryOptions({
    queryKey: ["counts", "report", key],
    queryFn: () => data(client.GET("/api/v1/counts/{key}/report", at(key))),
  });
}

export const rulesQuery = queryOptions({
  queryKey: ["count-rules"],
  queryFn: () => data(client.GET("/api/v1/count-settings")),
});

export const useRules = () => useQuery(rulesQuery).data;

export const changeRules = (body: Schema<"RulesChange">) =>
  data(client.PATCH("/api/v1/count-settings", { body }));
