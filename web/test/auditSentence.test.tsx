// @vitest-environment happy-dom
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Entry } from "@/features/settings/queries";
import { useSentence } from "@/features/settings/useSentence";

i18n.load("en", {});
i18n.activate("en");

const queries = new QueryClient({ defaultOptions: { queries: { enabled: false } } });

const entry = (more: Partial<Entry>): Entry =>
  ({
    actor: "Ann",
    action: "update",
    entity: "product",
    subject: "Mug",
    before: {},
    after: {},
    ...more,
  }) as Entry;

function said(more: Partial<Entry>): string {
  const { result } = renderHook(() => useSentence(), {
    wrapper: ({ children }) => (
      <QueryClientProvider client={queries}>
        <I18nProvider i18n={i18n}>{children}</I18nProvider>
      </QueryClientProvider>
    ),
  });
  return result.current(entry(more));
}

it("tells one changed field with both its values", () => {
  expect(said({ before: { selling_price: "3.5" }, after: { selling_price: "4" } })).toBe(
    "Ann changed the selling price of Mug from 3.50 to 4.00.",
  );
});

it("tells several by their names, and many by their number", () => {
  const after = { note: "x", tags: ["a"], status: "active" };
  expect(said({ before: { note: "y", tags: [], status: "draft" }, after })).toBe(
    "Ann changed the note, tags and status of Mug.",
  );
  expect(said({ before: { a: 1, b: 1, c: 1, d: 1 }, after: { a: 2, b: 2, c: 2, d: 2 } })).toBe(
    "Ann changed 4 details of Mug.",
  );
});

it("tells deeds in their own words", () => {
  const shipped = { status: "shipped", shipped: { A: "2", B: "1" } };
  expect(said({ entity: "order", subject: "SO-7", action: "ship", after: shipped })).toBe(
    "Ann shipped 3 units of order SO-7.",
  );
  expect(said({ entity: "product", action: "create", before: null, after: { name: "Mug" } })).toBe(
    "Ann added the product Mug.",
  );
  expect(said({ entity: "user", subject: null, action: "sign_in" })).toBe("Ann signed in.");
  expect(said({ before: { archived_at: null }, after: { archived_at: "2026-01-01T00:00:00Z" } })).toBe(
    "Ann archived Mug.",
  );
});

it("says something of what it does not know", () => {
  expect(said({ entity: "moon_base", subject: null, action: "blow_up" })).toBe("Ann: blow up moon base");
});
