import { expect, it } from "vitest";
import { flat, tree } from "@/features/catalog/tree";

const rows = [
  { id: "1", name: "Gifts", parent_id: null },
  { id: "2", name: "Candles", parent_id: "1" },
  { id: "3", name: "Lost", parent_id: "gone" },
];

it("grows branches with their paths, and leaves nobody out", () => {
  expect(flat(tree(rows)).map(({ path, depth }) => [path, depth])).toEqual([
    ["Gifts", 0],
    ["Gifts › Candles", 1],
    ["Lost", 0],
  ]);
});
