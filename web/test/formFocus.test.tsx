// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { barEntry } from "@/app/nav";
import { useFormFocus } from "@/design/form/useFormFocus";

afterEach(cleanup);

function Form({ refusals, wrong }: { refusals: number; wrong?: boolean }) {
  return (
    <form ref={useFormFocus(refusals)}>
      <input aria-label="Name" />
      <select aria-label="Warehouse" aria-invalid={wrong || undefined} />
    </form>
  );
}

it("begins at its first field", () => {
  render(<Form refusals={0} />);
  expect(document.activeElement).toBe(screen.getByLabelText("Name"));
});

it("leads to the first wrong field each time it is sent back", () => {
  const { rerender } = render(<Form refusals={0} />);
  rerender(<Form refusals={1} wrong />);
  const wrong = screen.getByLabelText("Warehouse");
  expect(document.activeElement).toBe(wrong);
  act(() => screen.getByLabelText("Name").focus());
  rerender(<Form refusals={2} wrong />);
  expect(document.activeElement).toBe(wrong);
});

it("says on a phone to which part a page belongs", () => {
  expect(barEntry("/products/A-1/movements")).toBe("/stock-levels");
  expect(barEntry("/orders/SO-1")).toBe("/orders");
  expect(barEntry("/settings")).toBeUndefined();
});
