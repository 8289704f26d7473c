import { describe, expect, it } from "vitest";
import { labelIndexes, linear, linePath, ticks } from "@/design/chart/scale";

describe("a chart", () => {
  it("has round ticks that hold every value", () => {
    expect(ticks(0, 97)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(ticks(0, 0.3).at(-1)).toBeGreaterThanOrEqual(0.3);
    expect(ticks(-4, 6)[0]).toBeLessThanOrEqual(-4);
  });

  it("breaks its line where a value is missing", () => {
    expect(linePath([{ x: 0, y: 1 }, { x: 1, y: 1 }, null, { x: 3, y: 2 }])).toBe("M0.0 1.0L1.0 1.0M3.0 2.0");
  });

  it("labels the first and the last point", () => {
    const labels = labelIndexes(365, 5);
    expect([labels[0], labels.at(-1), labels.length]).toEqual([0, 364, 5]);
  });

  it("maps values onto pixels, also when all are the same", () => {
    expect(linear([0, 10], [100, 0])(5)).toBe(50);
    expect(linear([3, 3], [0, 10])(3)).toBe(0);
  });
});
