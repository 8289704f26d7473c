import { useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** When a new page opens and what had the focus is gone, the keyboard goes on at its beginning. */
export function useFocusAfterMove(id: string): void {
  const path = useLocation({ select: (location) => location.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    if (document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true });
  }, [path, id]);
}
