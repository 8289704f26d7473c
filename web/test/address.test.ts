import { describe, expect, it } from "vitest";
import { panelWords, parseSearch, readPanel, writeSearch } from "@/lib/navigation";
import { directionOf, toggled } from "@/lib/sort";

describe("the address", () => {
  it("survives being written and read again", () => {
    const words = { "filter[warehouse]": "MAIN", sort: "-updated_at,sku", q: "tea & cake" };
    expect(parseSearch(writeSearch(words))).toEqual(words);
  });

  it("keeps brackets and commas readable and leaves empty words out", () => {
    expect(writeSearch({ "filter[sku]": "A-1", sort: "a,b", q: "", page: undefined })).toBe(
      "?filter[sku]=A-1&sort=a,b",
    );
    expect(writeSearch({})).toBe("");
  });

  it("opens a panel about something", () => {
    const words = { q: "mug", ...panelWords("adjust", { sku: "A-1" }) };
    expect(readPanel(words)).toEqual({ name: "adjust", about: { sku: "A-1" } });
    expect(readPanel({ q: "mug" })).toBeUndefined();
  });
});

describe("sorting by a header", () => {
  it("goes up, down, and back to the list's own order", () => {
    expect([toggled("", "sku", false), toggled("sku", "sku", false), toggled("-sku", "sku", false)]).toEqual([
      "sku",
      "-sku",
      "",
    ]);
  });

  it("replaces other columns unless they are kept", () => {
    expect(toggled("name", "sku", false)).toBe("sku");
    expect(toggled("name,-sku", "sku", true)).toBe("name");
    expect(toggled("name", "sku", true)).toBe("name,sku");
  });

  it("is read back for each column", () => {
    expect([
      directionOf("-name,sku", "name"),
      directionOf("-name,sku", "sku"),
      directionOf("sku", "name"),
    ]).toEqual(["desc", "asc", undefined]);
  });
});
