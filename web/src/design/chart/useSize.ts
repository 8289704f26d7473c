import { type RefObject, useEffect, useRef, useState } from "react";

/** The width of an element, followed as it changes. */
export function useWidth(initial: number): [RefObject<HTMLDivElement | null>, number] {
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const box = holder.current;
    if (!box) return;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.max(240, entry?.contentRect.width ?? initial)),
    );
    observer.observe(box);
    return () => observer.disconnect();
  }, [initial]);
  return [holder, width];
}
