import { queryOptions, useQuery } from "@tanstack/react-query";
import { client, data, done, type RowOf, type Schema } from "@/api";

export type Count = Schema<"CountOut">;
export type CountRow = RowOf<"/api/v1/counts">;
export type CountLine = RowOf<"/api/v1/counts/{key}/lines">;
export type SheetLine = RowOf<"/api/v1/counts/{key}/sheet">;
export type Noted = Schema<"CountNotedOut">;
export type Rules = Schema<"CountRulesOut">;

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

export const submitCount = (key: string, rest: Schema<"CountSubmitIn">["rest"]) =>
  data(client.POST("/api/v1/counts/{key}/submit", { ...at(key), body: { rest } }));

export const recountLines = (key: string, lines: string[]) =>
  data(client.POST("/api/v1/counts/{key}/recount", { ...at(key), body: { lines } }));

export const approveCount = (key: string) => data(client.POST("/api/v1/counts/{key}/approve", at(key)));

export const postCount = (key: string) => data(client.POST("/api/v1/counts/{key}/post", at(key)));

export const cancelCount = (key: string) => data(client.POST("/api/v1/counts/{key}/cancel", at(key)));

export const tally = (key: string, lines: Schema<"CountEntryIn">[]) =>
  data(client.POST("/api/v1/counts/{key}/tallies", { ...at(key), body: { lines } }));

export const explainLine = (key: string, line_id: string, body: Schema<"CountLineChange">) =>
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

export const changeRules = (body: Schema<"CountRulesChange">) =>
  data(client.PATCH("/api/v1/count-settings", { body }));

export type Due = RowOf<"/api/v1/count-due">;
export type Schedule = RowOf<"/api/v1/count-schedules">;
export type Accuracy = Schema<"CountAccuracyOut">;

/** What a change of schedules makes stale. */
export const scheduleTouches = ["count-schedules", "count-due", "counts"];

export const countDue = (warehouse: string) =>
  data(client.POST("/api/v1/count-due/start", { body: { warehouse, most: 50 } }));

const atSchedule = (schedule_id: string) => ({ params: { path: { schedule_id } } });

export const createSchedule = (body: Schema<"CountScheduleIn">) =>
  data(client.POST("/api/v1/count-schedules", { body }));

export const createUsual = () => data(client.POST("/api/v1/count-schedules/usual"));

export const changeSchedule = (id: string, body: Schema<"CountScheduleChange">) =>
  data(client.PATCH("/api/v1/count-schedules/{schedule_id}", { ...atSchedule(id), body }));

export const removeSchedule = (id: string) =>
  done(client.DELETE("/api/v1/count-schedules/{schedule_id}", atSchedule(id)));

export const runSchedule = (id: string) =>
  data(client.POST("/api/v1/count-schedules/{schedule_id}/run", atSchedule(id)));

export function accuracyQuery(months: number, warehouse: string) {
  const query = { months, ...(warehouse ? { warehouse } : {}) };
  return queryOptions({
    queryKey: ["count-accuracy", query],
    queryFn: () => data(client.GET("/api/v1/count-accuracy", { params: { query } })),
  });
}

export type Abc = Schema<"AbcOut">;

interface AbcAsked {
  by: "revenue" | "margin" | "quantity";
  period: "30d" | "90d" | "12m";
  a: string;
  b: string;
  limit: number;
}

export function abcQuery(query: AbcAsked) {
  return queryOptions({
    queryKey: ["abc", query],
    queryFn: () => data(client.GET("/api/v1/analytics/abc-analysis", { params: { query } })),
  });
}

export const giveClasses = () => data(client.POST("/api/v1/analytics/abc-analysis/classes"));
