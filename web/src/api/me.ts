import { queryOptions, useQuery } from "@tanstack/react-query";
import { client, data } from "./client";
import type { Schema } from "./types";

export type Me = Schema<"MeOut">;

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: () => data(client.GET("/api/v1/me")),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Who is signed in, and their organization; known to every page inside the shell. */
export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** Whether the reader has a permission; buttons that would be refused are not shown. */
export function useMay(permission: string): boolean {
  return useMe()?.permissions.includes(permission) ?? false;
}
