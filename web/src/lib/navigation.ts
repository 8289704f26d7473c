import { useLocation, useParams, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

/** What stands behind the ? of the address: flat words, the same that the API takes. */
export type Search = Record<string, string>;

export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Brackets stay readable, so that an address can be understood and edited by hand. */
export function writeSearch(search: Record<string, unknown>): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") words.set(name, String(value));
  }
  const text = words.toString().replaceAll("%5B", "[").replaceAll("%5D", "]").replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

export function useSearchWords(): Search {
  return useLocation({ select: (location) => location.search as Search });
}

type Change = Record<string, string | undefined>;

/** Changes words of the address and keeps the others; an empty word disappears. */
export function useChangeSearch(): (change: Change, options?: { replace?: boolean }) => void {
  const router = useRouter();
  return useCallback(
    (change, { replace = false } = {}) => {
      const { pathname, search } = router.latestLocation;
      const href = pathname + writeSearch({ ...(search as Search), ...change });
      if (replace) router.history.replace(href);
      else router.history.push(href);
    },
    [router],
  );
}

export function useGo(): (href: string) => void {
  const router = useRouter();
  return useCallback((href) => router.history.push(href), [router]);
}

/** A part of the address's path by its name: the id of /products/$id. Empty when there is none. */
export function useParam(name: string): string {
  const parts = useParams({ strict: false }) as Record<string, string | undefined>;
  return parts[name] ?? "";
}

const panelWord = "panel";
const argumentMark = "with.";

/** The words of an address that open a panel: its name and what it is about. */
export function panelWords(name: string, about: Record<string, string> = {}): Search {
  const words: Search = { [panelWord]: name };
  for (const [key, value] of Object.entries(about)) words[argumentMark + key] = value;
  return words;
}

/** The address of this page as it is, with a panel open over it: for rows that open in a drawer. */
export function usePanelHref(): (name: string, about?: Record<string, string>) => string {
  const here = useLocation({ select: (location) => location.pathname });
  const words = useSearchWords();
  return (name, about) => here + writeSearch({ ...words, ...panelWords(name, about) });
}

/** Reads the open panel from an address, or nothing when none is open. */
export function readPanel(search: Search): { name: string; about: Record<string, string> } | undefined {
  const name = search[panelWord];
  if (!name) return undefined;
  const about: Record<string, string> = {};
  for (const [key, value] of Object.entries(search)) {
    if (key.startsWith(argumentMark)) about[key.slice(argumentMark.length)] = value;
  }
  return { name, about };
}

/** Opens and closes panels (forms that slide in): each has its own link, and Back closes it. */
export function usePanel() {
  const change = useChangeSearch();
  const router = useRouter();
  return useMemo(
    () => ({
      open: (name: string, about?: Record<string, string>) => change(panelWords(name, about)),
      close: () => {
        const words = Object.keys(router.latestLocation.search as Search);
        const open = words.filter((word) => word === panelWord || word.startsWith(argumentMark));
        change(Object.fromEntries(open.map((word) => [word, undefined])), { replace: true });
      },
    }),
    [change, router],
  );
}
