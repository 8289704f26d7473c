import { add, subtract } from "@/lib/decimal";

interface Change {
  quantity: string;
  effective_at: string;
}

export interface Day {
  /** "2026-03-01", in the given time zone. */
  day: string;
  onHand: string;
}

/** The business day of a moment. */
export function dayOf(moment: string | Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(new Date(moment));
}

function before(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/**
 * On hand at the end of each of the last `days` days, oldest first: from what is there now, backwards through the
 * changes. Days before the oldest change known are left out, unless the changes given are all there are.
 */
export function onHandByDay(
  now: string,
  changes: Change[],
  today: string,
  days: number,
  timeZone: string,
  whole: boolean,
): Day[] {
  const moved = new Map<string, string>();
  for (const change of changes) {
    const day = dayOf(change.effective_at, timeZone);
    moved.set(day, add(moved.get(day) ?? "0", change.quantity));
  }
  const oldest = [...moved.keys()].sort()[0] ?? today;
  const found: Day[] = [];
  let onHand = now;
  for (let day = today; found.length < days && (whole || day >= oldest); day = before(day)) {
    found.push({ day, onHand });
    onHand = subtract(onHand, moved.get(day) ?? "0");
  }
  return found.reverse();
}
