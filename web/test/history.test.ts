import { expect, it } from "vitest";
import { dayOf, onHandByDay } from "@/features/stock/history";

const changes = [
  { effective_at: "2026-03-03T10:00:00Z", quantity: "-2" },
  { effective_at: "2026-03-03T09:00:00Z", quantity: "-1" },
  { effective_at: "2026-03-01T09:00:00Z", quantity: "10" },
];

it("draws the past backwards from what is there now", () => {
  const days = onHandByDay("7", changes, "2026-03-04", 4, "UTC", true);
  expect(days.map((one) => [one.day, one.onHand])).toEqual([
    ["2026-03-01", "10"],
    ["2026-03-02", "10"],
    ["2026-03-03", "7"],
    ["2026-03-04", "7"],
  ]);
});

it("stops where it no longer knows", () => {
  const days = onHandByDay("7", changes, "2026-03-04", 90, "UTC", false);
  expect(days[0]?.day).toBe("2026-03-01");
});

it("counts days as the business does", () => {
  expect(dayOf("2026-07-01T23:30:00Z", "Europe/London")).toBe("2026-07-02");
});
