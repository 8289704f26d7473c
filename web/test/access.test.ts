// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { codeOf } from "@/features/access/FirstRunPage";

it("makes a code of a business's name", () => {
  expect(codeOf("Café Münster & Söhne Ltd")).toBe("cafe-munster-sohne-ltd");
  expect(codeOf("  ")).toBe("");
});
