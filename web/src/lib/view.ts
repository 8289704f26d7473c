import { useCallback, useMemo, useState } from "react";
import { useChangeSearch, useSearchWords } from "./navigation";

/** What a list shows now: text searched for, order, and filters in the API's own words. */
export interface View {
  q: string;
  sort: string;
  filters: Record<string, string>;
}

const isFilter = (word: string) => word.startsWith("filter[");

/** A view kept in the address, so that it can be linked, reloaded and gone back to. */
export function useUrlView(defaultSort = ""): [View, (change: Partial<View>) => void] {
  const words = useSearchWords();
  const change = useChangeSearch();
  const key = JSON.stringify(words);
  const view = useMemo<View>(() => {
    const now = JSON.parse(key) as Record<string, string>;
    const filters = Object.fromEntries(Object.entries(now).filter(([word]) => isFilter(word)));
    return { q: now.q ?? "", sort: now.sort ?? defaultSort, filters };
  }, [key, defaultSort]);

  const setView = useCallback(
    (next: Partial<View>) => {
      const now = JSON.parse(key) as Record<string, string>;
      const gone = Object.fromEntries(
        Object.keys(now)
          .filter(isFilter)
          .map((word) => [word, undefined]),
      );
      const filters = next.filters && { ...gone, ...next.filters };
      const plain = Object.fromEntries(Object.entries(next).filter(([word]) => word !== "filters"));
      change({ ...plain, ...filters } as Record<string, string | undefined>, { replace: true });
    },
    [key, change],
  );
  return [view, setView];
}

/** A view of a list inside another page, which keeps it to itself. */
export function useOwnView(sort = ""): [View, (change: Partial<View>) => void] {
  const [view, set] = useState<View>({ q: "", sort, filters: {} });
  const setView = useCallback((change: Partial<View>) => set((before) => ({ ...before, ...change })), []);
  return [view, setView];
}
