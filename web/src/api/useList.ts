import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { View } from "@/lib/view";
import { exportList, exportName, type FileKind } from "./exports";
import { type ListPath, page, type RowOf } from "./lists";

interface ListOptions<P extends ListPath> {
  path: P;
  /** Fills {…} of the path. */
  at?: Record<string, string>;
  /** The first word of the query key: what live changes name to refresh it. */
  resource: string;
  view: View;
  setView: (change: Partial<View>) => void;
  /** The list understands the language of search: its text is sent as a query. */
  language?: boolean;
  /** Words that the page sets and the reader cannot. */
  fixed?: Record<string, string>;
  enabled?: boolean;
}

const pageSize = 100;

/** A list of the API, loaded page by page behind a cursor, as the table wants it. */
export function useList<P extends ListPath>({
  path,
  at,
  resource,
  view,
  setView,
  language,
  fixed,
  enabled,
}: ListOptions<P>) {
  const words = {
    ...fixed,
    ...view.filters,
    [language ? "query" : "q"]: view.q || undefined,
    sort: view.sort || undefined,
  };
  const found = useInfiniteQuery({
    queryKey: [resource, "list", path, at, words],
    queryFn: ({ pageParam }) => page(path, { ...words, limit: pageSize, cursor: pageParam }, at),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.meta.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
  const { data, error, fetchNextPage, refetch } = found;
  const file = exportName(path);
  const rows = useMemo<RowOf<P>[]>(() => data?.pages.flatMap((one) => one.data) ?? [], [data]);

  return {
    rows,
    status: statusOf(Boolean(data), error),
    error: data ? null : error,
    hasMore: found.hasNextPage,
    loadingMore: found.isFetchingNextPage,
    loadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    retry: useCallback(() => void refetch(), [refetch]),
    total: data?.pages[0]?.meta.total ?? undefined,
    saveAs: file === undefined ? undefined : (kind: FileKind) => exportList(file, kind, words),
    view,
    setView,
  };
}

/** What is here stays shown while it is read again, even when that fails. */
function statusOf(hasData: boolean, error: Error | null): "ready" | "error" | "loading" {
  if (hasData) return "ready";
  return error ? "error" : "loading";
}
