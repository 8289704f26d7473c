import { beforeEach, describe, expect, it } from "vitest";
import { ago, date, dateTime, delta, money, quantity, setRegion } from "@/lib/format";

describe("what people read", () => {
  beforeEach(() => setRegion({ locale: "en-GB", timeZone: "Europe/London", currency: "GBP" }));

  it("groups digits and drops trailing zeros of quantities", () => {
    expect(quantity("12500.500000")).toBe("12,500.5");
  });

  it("writes large amounts exactly", () => {
    expect(money("9007199254740993.10")).toBe("£9,007,199,254,740,993.10");
    expect(money("3", "EUR")).toBe("€3.00");
  });

  it("signs changes, and leaves none unsigned", () => {
    expect([delta("5"), delta("-3"), delta("0")]).toEqual(["+5", "-3", "0"]);
  });

  it("tells times in the organization's zone", () => {
    expect(dateTime("2026-07-01T23:30:00Z")).toBe("2 Jul 2026, 00:30");
    setRegion({ timeZone: "UTC" });
    expect(date("2026-07-01T23:30:00Z")).toBe("1 Jul 2026");
  });

  it("says how long ago, and the date when that is long", () => {
    const now = Date.parse("2026-07-01T12:00:00Z");
    expect(ago("2026-07-01T11:57:00Z", now)).toBe("3 minutes ago");
    expect(ago("2026-06-30T12:00:00Z", now)).toBe("yesterday");
    expect(ago("2026-01-01T12:00:00Z", now)).toBe("1 Jan 2026");
  });
});
