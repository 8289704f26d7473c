import { add } from "@/lib/decimal";
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

/** What a channel sold within some minutes, when it was more than one order. */
export interface Run {
  channel: string;
  orders: number;
  pieces: string;
  total: string;
  currency: string;
}

export type Entry =
  | { id: string; at: string; run: Run }
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

const single = 4;
const slot = 300_000;

const isSold = (order: Order) => order.source === "channel" && order.status !== "cancelled";

/** The newest orders one by one; older ones of a channel within five minutes together, so that the rest is seen too. */
export function sold(orders: Order[]): Entry[] {
  const found = new Map<string, Order[]>();
  orders.forEach((order, place) => {
    const minutes = Math.floor(Date.parse(order.created_at) / slot);
    const alone = place < single || !isSold(order);
    const key = alone ? order.id : `${order.channel} ${order.currency} ${minutes}`;
    found.set(key, [...(found.get(key) ?? []), order]);
  });
  return [...found].flatMap(([key, some]): Entry[] => {
    const [first] = some;
    if (!first) return [];
    if (some.length === 1) return [{ id: first.id, at: first.created_at, order: first }];
    return [{ id: key, at: first.created_at, run: runOf(first, some) }];
  });
}

function runOf(first: Order, orders: Order[]): Run {
  return {
    channel: first.channel ?? "",
    orders: orders.length,
    pieces: orders.reduce((sum, order) => add(sum, order.units), "0"),
    total: orders.reduce((sum, order) => add(sum, order.total), "0"),
    currency: first.currency,
  };
}

/** All that happened, the newest first. */
export function entries(orders: Order[], movements: Movement[], news: News[], most: number): Entry[] {
  const all: Entry[] = [
    ...sold(orders),
    ...deeds(movements).map((deed) => ({ id: deed.posting, at: deed.at, deed })),
    ...news.map((one) => ({ id: one.id, at: one.at, news: one })),
  ];
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, most);
}
