import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { client, data, done, page, type Schema } from "@/api";

export type Group = Schema<"GroupOut">;
export type Hit = Schema<"HitOut">;

const pause = 120;

/** The text as it stood when typing paused. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function useFound(text: string) {
  return useQuery({
    queryKey: ["search", "found", text],
    queryFn: () => data(client.GET("/api/v1/search", { params: { query: { q: text, limit: 4 } } })),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useCompletions(text: string) {
  return useQuery({
    queryKey: ["search", "completions", text],
    queryFn: () => data(client.GET("/api/v1/search/completions", { params: { query: { q: text } } })),
    enabled: text !== "",
  }).data;
}

export function useRecent(open: boolean): string[] {
  return (
    useQuery({
      queryKey: ["search", "recent"],
      queryFn: () => data(client.GET("/api/v1/search/recent")),
      enabled: open,
    }).data ?? []
  );
}

export function useSavedSearches(open: boolean) {
  return (
    useQuery({
      queryKey: ["saved-views", "search"],
      queryFn: async () => (await page("/api/v1/saved-views", { "filter[list]": "search", limit: 50 })).data,
      enabled: open,
    }).data ?? []
  );
}

/** What changes one's own searches, and shows it. */
export function useSearchDeeds() {
  const queries = useQueryClient();
  const fresh = (key: string) => queries.invalidateQueries({ queryKey: [key] });
  return {
    /** Kept without waiting: whoever searches is on the way to something. */
    remember: (text: string) =>
      void done(client.POST("/api/v1/search/recent", { body: { text } }))
        .then(() => queries.invalidateQueries({ queryKey: ["search", "recent"] }))
        .catch(() => undefined),
    forget: () =>
      done(client.DELETE("/api/v1/search/recent")).then(() =>
        queries.invalidateQueries({ queryKey: ["search", "recent"] }),
      ),
    save: (name: string, query: string, shared: boolean) =>
      data(
        client.POST("/api/v1/saved-views", { body: { list: "search", name, shared, state: { query } } }),
      ).then(() => fresh("saved-views")),
    remove: (id: string) =>
      done(client.DELETE("/api/v1/saved-views/{view_id}", { params: { path: { view_id: id } } })).then(() =>
        fresh("saved-views"),
      ),
  };
}
