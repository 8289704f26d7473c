// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { codeOf } from "@/features/access/FirstRunPage";
import { changedFields } from "@/features/settings/changes";

it("makes a code of a business's name", () => {
  expect(codeOf("Café Münster & Söhne Ltd")).toBe("cafe-munster-sohne-ltd");
  expect(codeOf("  ")).toBe("");
});

it("shows only the fields that differ", () => {
  const fields = changedFields({ name: "Mug", price: "1" }, { name: "Mug", price: "2", tags: ["new"] });
  expect(fields).toEqual([
    { name: "price", before: "1", after: "2" },
    { name: "tags", before: "", after: '["new"]' },
  ]);
});
