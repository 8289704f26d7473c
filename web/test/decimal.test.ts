import { describe, expect, it } from "vitest";
import { add, compare, isDecimal, multiply, sign, subtract } from "@/lib/decimal";

describe("decimals", () => {
  it("add exactly where floating point would not", () => {
    expect(add("0.1", "0.2")).toBe("0.3");
    expect(subtract("1", "0.000001")).toBe("0.999999");
    expect(add("-5", "5")).toBe("0");
  });

  it("stay exact beyond what a double can hold", () => {
    expect(add("9007199254740993", "1")).toBe("9007199254740994");
    expect(multiply("123456789012.5", "4")).toBe("493827156050");
  });

  it("compare by value, not by text", () => {
    expect(compare("10", "9")).toBe(1);
    expect(compare("1.50", "1.5")).toBe(0);
    expect(compare("-2", "-1")).toBe(-1);
  });

  it("know their sign", () => {
    expect(["-0.00", "-0.5", "3"].map(sign)).toEqual([0, -1, 1]);
  });

  it("are told from other texts", () => {
    expect(["5", "-.5", "+1.25", " 7 "].every(isDecimal)).toBe(true);
    expect(["", "1,5", "1e5", "five", "."].some(isDecimal)).toBe(false);
  });
});
