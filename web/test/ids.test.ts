import { expect, it } from "vitest";
import { uuidv7 } from "@/lib/ids";

it("makes ids of version 7 that sort as they were made and never repeat", () => {
  const ids = Array.from({ length: 500 }, (_, index) => uuidv7(1_700_000_000_000 + index));
  expect(new Set(ids).size).toBe(500);
  expect([...ids].sort()).toEqual(ids);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
