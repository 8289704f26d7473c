// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { ApiProblem } from "@/api";
import { useForm } from "@/design/form";

const refusal = new ApiProblem(422, {
  detail: "Some fields need another look.",
  errors: [
    { pointer: "/sku", message: "This SKU is taken." },
    { pointer: "/color", message: "There is no such field." },
  ],
});

function aForm(save: () => Promise<unknown>) {
  return renderHook(() =>
    useForm({
      initial: { sku: "", name: "" },
      check: ({ name }) => ({ name: name ? undefined : "Name it." }),
      save,
    }),
  ).result;
}

describe("a form", () => {
  it("sends nothing while something is wrong", async () => {
    const save = vi.fn(async () => undefined);
    const form = aForm(save);
    await act(() => form.current.submit());
    expect(save).not.toHaveBeenCalled();
    expect(form.current.errors.name).toBe("Name it.");
  });

  it("puts what the server refused onto its fields, and the rest on top", async () => {
    const form = aForm(() => Promise.reject(refusal));
    act(() => form.current.set("name", "Mug"));
    await act(() => form.current.submit());
    expect(form.current.errors).toEqual({ sku: "This SKU is taken." });
    expect(form.current.problem).toBe("There is no such field.");
    expect(form.current.values.name).toBe("Mug");
  });

  it("shows a refusal that names no field as its sentence", async () => {
    const form = aForm(() => Promise.reject(new ApiProblem(409, { detail: "Only 1 is available." })));
    act(() => form.current.set("name", "Mug"));
    await act(() => form.current.submit());
    expect(form.current.problem).toBe("Only 1 is available.");
  });

  it("is sent once, however often the button is pressed", async () => {
    const save = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 10)));
    const form = aForm(save);
    act(() => form.current.set("name", "Mug"));
    await act(() => Promise.all([form.current.submit(), form.current.submit()]));
    expect(save).toHaveBeenCalledTimes(1);
  });

  it("knows whether anything was typed", () => {
    const form = aForm(async () => undefined);
    expect(form.current.dirty).toBe(false);
    act(() => form.current.set("name", "Mug"));
    expect(form.current.dirty).toBe(true);
    act(() => form.current.set("name", ""));
    expect(form.current.dirty).toBe(false);
  });
});
