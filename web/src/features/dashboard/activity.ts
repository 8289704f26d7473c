import type { Movement, Order } from "./queries";

/** Movements of one posting: one deed, however many lines it has. */
export interface Deed {
  posting: string;
  at: string;
  lines: Movement[];
}

export interface News {
  id: string;
  at: string;
  kind: string;
  facts: Record<string, unknown>;
}

export type Entry =
  | { id: string; at: string; order: Order }
  | { id: string; at: string; deed: Deed }
  | { id: string; at: string; news: News };

export function deeds(movements: Movement[]): Deed[] {
  const found = new Map<string, Deed>();
  for (const line of movements) {
    const posting = line.posting_id;
    const deed = found.get(posting) ?? { posting, at: line.recorded_at, lines: [] };
    deed.lines.push(line);
    found.set(posting, deed);
  }
  return [...found.values()];
}

/** All that happened, the newest first. */
export function entries(orders: Order[], movements: Movement[], news: News[], most: number): Entry[] {
  const all: Entry[] = [
    ...orders.map((order) => ({ id: order.id, at: order.created_at, order })),
    ...deeds(movements).map((deed) => ({ id: deed.posting, at: deed.at, deed })),
    ...news.map((one) => ({ id: one.id, at: one.at, news: one })),
  ];
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, most);
}
