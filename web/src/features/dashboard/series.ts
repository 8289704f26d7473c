interface Sold {
  start: string;
  amount: string;
}

export interface Bar {
  start: string;
  amount: number;
}

const mostBars = 100;
const dayLength = 86_400_000;

function monday(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const back = (date.getUTCDay() + 6) % 7;
  return new Date(date.getTime() - back * dayLength).toISOString().slice(0, 10);
}

/** Days as bars; more than fit are gathered into weeks, each named by its Monday. */
export function bars(days: Sold[]): { weekly: boolean; rows: Bar[] } {
  const weekly = days.length > mostBars;
  const sums = new Map<string, number>();
  for (const { start, amount } of days) {
    const name = weekly ? monday(start) : start;
    sums.set(name, (sums.get(name) ?? 0) + Number(amount));
  }
  return { weekly, rows: [...sums].map(([start, amount]) => ({ start, amount })) };
}
