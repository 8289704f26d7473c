import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { gather, resourcesOf } from "@/app/live";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("knows which lists an event touches, and leaves the others alone", () => {
  const touched = resourcesOf([{ kind: "catalog.product_changed", facts: {} }]);
  expect([...touched]).toContain("products");
  expect([...touched]).not.toContain("orders");
  expect(resourcesOf([{ kind: "unheard.of", facts: {} }]).size).toBe(0);
});

it("reads lists again in calm steps, however many changes arrive", () => {
  const queries = new QueryClient();
  const read = vi.spyOn(queries, "invalidateQueries").mockResolvedValue();
  const take = gather(queries);
  const storm = () =>
    Array.from({ length: 500 }, () => take([{ kind: "partners.customer_changed", facts: {} }]));
  storm();
  vi.advanceTimersByTime(200);
  expect(read).toHaveBeenCalledTimes(2); // short lists, and long ones
  storm();
  vi.advanceTimersByTime(2_000);
  expect(read).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(10_000);
  expect(read).toHaveBeenCalledTimes(4);
});
