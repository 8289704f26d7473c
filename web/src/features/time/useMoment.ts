import { getRegion } from "@/lib/format";
import { useChangeSearch, useSearchWords } from "@/lib/navigation";
import { isDay, isTime, momentOf, shifted } from "./days";

export const ranges = ["30", "90", "365", "1095"] as const;
const usualRange = "90";
const usualDaysBack = -7;

/** The business day it is now. */
function today(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: getRegion().timeZone, dateStyle: "short" }).format(
    new Date(),
  );
}

/** The moment that the page is about, kept in the address: a day, perhaps a time, and as what it is seen. */
export function useMoment() {
  const words = useSearchWords();
  const change = useChangeSearch();
  const now = today();
  const day = isDay(words.day) ? words.day : shifted(now, usualDaysBack);
  const time = isTime(words.time) ? words.time : "";
  const believed = words.seen === "then";
  const range = ranges.find((one) => one === words.range) ?? usualRange;
  const asOf = time === "" ? day : momentOf(day, time, getRegion().timeZone);
  const set = (next: Record<string, string | undefined>) => change(next, { replace: true });
  return {
    today: now,
    day,
    time,
    range,
    believed,
    warehouse: words["filter[warehouse]"],
    asOf,
    knownAt: believed ? asOf : undefined,
    setDay: (value: string) => isDay(value) && set({ day: value > now ? now : value }),
    setTime: (value: string) => set({ time: isTime(value) ? value : undefined }),
    setBelieved: (value: boolean) => set({ seen: value ? "then" : undefined }),
    setRange: (value: string) => set({ range: value === usualRange ? undefined : value }),
  };
}

export type Moment = ReturnType<typeof useMoment>;
