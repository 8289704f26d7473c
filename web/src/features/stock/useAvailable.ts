import { useQueries } from "@tanstack/react-query";
import { page, type RowOf } from "@/api";

const together = 100;

type Totals = RowOf<"/api/v1/inventory">[];

/** Stands outside the hook, so that the map stays the same while the answers do. */
function bySku(answers: { data: Totals | undefined }[]): Map<string, string> {
  return new Map(answers.flatMap(({ data = [] }) => data.map((row) => [row.sku, row.available] as const)));
}

/** What may be sold of each SKU over all warehouses; asked for a hundred at a time, as lists load them. */
export function useAvailable(skus: string[]): Map<string, string> {
  const parts = Array.from({ length: Math.ceil(skus.length / together) }, (_, part) =>
    skus.slice(part * together, (part + 1) * together),
  );
  return useQueries({
    queries: parts.map((some) => ({
      queryKey: ["stock-levels", "available", some],
      queryFn: async () =>
        (await page("/api/v1/inventory", { "filter[sku]": some.join(","), limit: together })).data,
    })),
    combine: bySku,
  });
}
