/** The day so many days before or behind another: "2026-03-01", -1 → "2026-02-28". */
export function shifted(day: string, by: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

/** How many days lie between two. */
export function between(first: string, last: string): number {
  return Math.round((Date.parse(`${last}T12:00:00Z`) - Date.parse(`${first}T12:00:00Z`)) / 86_400_000);
}

/** The moment that a clock in this zone shows as that day and time. */
export function momentOf(day: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let guess = wanted;
  for (let step = 0; step < 2; step += 1) guess += wanted - shownIn(guess, timeZone); // twice, where clocks change
  return new Date(guess).toISOString();
}

function shownIn(moment: number, timeZone: string): number {
  const options = { timeZone, hourCycle: "h23", dateStyle: "short", timeStyle: "medium" } as const;
  const shown = new Intl.DateTimeFormat("sv-SE", options).format(moment);
  return Date.parse(`${shown.replace(" ", "T")}Z`);
}

/** Whether a day or a time stands there as the address and the API take them. */
export const isDay = (text: string | undefined): text is string =>
  /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(Date.parse(`${text}T12:00:00Z`));
export const isTime = (text: string | undefined): text is string =>
  /^([01]\d|2[0-3]):[0-5]\d$/.test(text ?? "");
