import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { View } from "@/lib/view";
import { api } from "./client";

interface ListOptions {
  path: string;
  /** The first word of the query key: what live changes name to refresh it. */
  resource: string;
  view: View;
  setView: (change: Partial<View>) => void;
  /** Filters that the page sets and the reader cannot. */
  fixed?: Record<string, string>;
  enabled?: boolean;
}

const pageSize = 100;

/** A list of the API, loaded page by page behind a cursor, as the table wants it. */
export function useList<Row>({ path, resource, view, setView, fixed, enabled }: ListOptions) {
  const words = useMemo(
    () => ({ ...fixed, ...view.filters, q: view.q || undefined, sort: view.sort || undefined }),
    [fixed, view],
  );
  const found = useInfiniteQuery({
    queryKey: [resource, "list", path, words],
    queryFn: ({ pageParam }) => api.page<Row>(path, { ...words, limit: pageSize, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
  const { data, fetchNextPage, refetch } = found;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);

  return {
    rows,
    status: data ? ("ready" as const) : found.status === "error" ? ("error" as const) : ("loading" as const),
    error: data ? null : found.error,
    hasMore: found.hasNextPage,
    loadingMore: found.isFetchingNextPage,
    loadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    retry: useCallback(() => void refetch(), [refetch]),
    total: data?.pages[0]?.meta.total ?? undefined,
    view,
    setView,
  };
}
