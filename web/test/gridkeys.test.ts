import { expect, it } from "vitest";
import { target } from "@/design/table/useGridKeys";

const here = { row: 5, column: 2 };

it("moves by keys and stays inside the grid", () => {
  expect(target("ArrowDown", false, here, 6, 4)).toEqual({ row: 5, column: 2 });
  expect(target("ArrowUp", false, { row: 0, column: 2 }, 6, 4)).toEqual({ row: -1, column: 2 });
  expect(target("End", true, here, 6, 4)).toEqual({ row: 5, column: 3 });
  expect(target("Home", true, here, 6, 4)).toEqual({ row: 0, column: 0 });
  expect(target("a", false, here, 6, 4)).toBeUndefined();
});
