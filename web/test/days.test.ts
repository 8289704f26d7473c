import { describe, expect, it } from "vitest";
import { between, isDay, isTime, momentOf, shifted } from "@/features/time/days";

describe("days", () => {
  it("counts over months and leap days", () => {
    expect(shifted("2024-03-01", -1)).toBe("2024-02-29");
    expect(between("2025-12-31", "2026-01-02")).toBe(2);
  });

  it("turns a clock's time into a moment, on both sides of a change of clocks", () => {
    expect(momentOf("2026-01-15", "12:00", "Europe/London")).toBe("2026-01-15T12:00:00.000Z");
    expect(momentOf("2026-07-15", "12:00", "Europe/London")).toBe("2026-07-15T11:00:00.000Z");
    expect(momentOf("2026-03-29", "02:30", "Europe/London")).toBe("2026-03-29T01:30:00.000Z");
    expect(momentOf("2026-11-20", "23:30", "Pacific/Auckland")).toBe("2026-11-20T10:30:00.000Z");
  });

  it("knows what is neither a day nor a time", () => {
    expect([isDay("2026-11-20"), isDay("2026-13-40"), isDay("soon"), isDay(undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([isTime("09:05"), isTime("24:00"), isTime(undefined)]).toEqual([true, false, false]);
  });
});
