import { useSyncExternalStore } from "react";

/** What is chosen in this browser; /theme.js keeps it and sets the theme before the page is drawn. */
export interface Appearance {
  mode: "system" | "light" | "dark";
  contrast: "system" | "normal" | "high";
}

declare global {
  interface Window {
    getTheme: () => Appearance;
    setTheme: (change: Partial<Appearance>) => void;
  }
}

const heard = new Set<() => void>();

function listen(onChange: () => void): () => void {
  heard.add(onChange);
  window.addEventListener("storage", onChange);
  return () => {
    heard.delete(onChange);
    window.removeEventListener("storage", onChange);
  };
}

export function choose(change: Partial<Appearance>): void {
  window.setTheme(change);
  for (const onChange of heard) onChange();
}

/** The choice, followed when another tab changes it. */
export function useAppearance(): Appearance {
  const written = useSyncExternalStore(listen, () => JSON.stringify(window.getTheme()));
  return JSON.parse(written) as Appearance;
}
