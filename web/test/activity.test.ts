import { describe, expect, it } from "vitest";
import { sold } from "@/features/dashboard/activity";
import type { Order } from "@/features/dashboard/queries";

const order = (number: number, more: Partial<Order> = {}): Order =>
  ({
    id: `${number}`,
    number: `SO-${number}`,
    source: "channel",
    channel: "harbour",
    status: "pending",
    currency: "GBP",
    units: "2",
    total: "10.10",
    created_at: `2026-11-21T12:00:${String(59 - number).padStart(2, "0")}Z`,
    ...more,
  }) as Order;

describe("live activity", () => {
  it("tells the newest orders one by one and the older ones of a channel together", () => {
    const told = sold([1, 2, 3, 4, 5, 6, 7].map((number) => order(number)));
    expect(told.map((entry) => "order" in entry)).toEqual([true, true, true, true, false]);
    const run = { channel: "harbour", orders: 3, pieces: "6", total: "30.3", currency: "GBP" };
    expect(told.at(-1)).toMatchObject({ run });
  });

  it("never hides a cancelled order, or one by hand, among others", () => {
    const some = [1, 2, 3, 4, 5].map((number) => order(number));
    const told = sold([...some, order(6, { status: "cancelled" }), order(7, { source: "manual" }), order(8)]);
    expect(told.filter((entry) => "order" in entry).map((entry) => entry.id)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "6",
      "7",
    ]);
  });
});
