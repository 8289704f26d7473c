import { type RefObject, useEffect, useRef } from "react";

const fields = "input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled)";

/** Where the keyboard is in a form: at its first field when it opens, at the first wrong one when it is sent back. */
export function useFormFocus(refusals: number): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const inside = form.current?.contains(document.activeElement);
    if (!inside) form.current?.querySelector<HTMLElement>(fields)?.focus();
  }, []);
  useEffect(() => {
    if (!refusals) return;
    const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    wrong?.focus();
    wrong?.scrollIntoView({ block: "nearest" });
  }, [refusals]);
  return form;
}
