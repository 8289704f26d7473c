import { describe, expect, it } from "vitest";
import type { Bin } from "./binQueries";
import { arranged, extent, rectOf, snapped } from "./plan";

const bin = (id: string, kind: string) => ({ id, kind, x: null, y: null, width: null, height: null }) as Bin;

describe("the floor plan", () => {
  it("keeps to half metres and to the plan", () => {
    expect([snapped(1.3), snapped(1.2), snapped(-4)]).toEqual([1.5, 1, 0]);
  });

  it("knows of a place where it stands, or that it stands nowhere", () => {
    expect(rectOf(bin("a", "bin"))).toBeUndefined();
    expect(rectOf({ ...bin("a", "bin"), x: "1", y: "2.5", width: "3", height: "4" })).toEqual({
      x: 1,
      y: 2.5,
      width: 3,
      height: 4,
    });
  });

  it("stands places beside each other, never upon what is there", () => {
    const taken = [{ x: 0, y: 0, width: 5, height: 3 }];
    const bins = ["a", "b", "c", "d", "e"].map((id) => bin(id, "zone"));
    const found = [...arranged(bins, taken).values()];
    expect(found).toHaveLength(5);
    expect(found.every((one) => one.y >= 3.5)).toBe(true);
    const places = new Set(found.map((one) => `${one.x}/${one.y}`));
    expect(places.size).toBe(5);
    expect(extent(found).height).toBeGreaterThan(Math.max(...found.map((one) => one.y + one.height)));
  });
});
