import { describe, expect, it } from "vitest";
import { changedFields, isPlain } from "@/features/settings/changes";

describe("the fields that people see of a change", () => {
  it("are those that differ", () => {
    const before = { name: "Mug", selling_price: "3.50", tags: [] };
    const after = { name: "Mug", selling_price: "4.00", tags: null };
    expect(changedFields(before, after)).toEqual([{ name: "selling_price", before: "3.50", after: "4.00" }]);
  });

  it("leave out what only the database needs", () => {
    expect(changedFields({ updated_at: "1" }, { updated_at: "2", code_key: "mug" })).toEqual([]);
  });

  it("are all that is known when a thing is new", () => {
    expect(changedFields(null, { id: "1", name: "Mug", note: null })).toEqual([
      { name: "name", before: null, after: "Mug" },
    ]);
  });
});

describe("a value that can stand in a sentence", () => {
  it("is neither an id nor a list", () => {
    expect(["3.50", true, null].map(isPlain)).toEqual([true, true, true]);
    expect([["a"], "01a21f04-2a49-7d0a-8b00-8549eda48bfc"].map(isPlain)).toEqual([false, false]);
  });
});
