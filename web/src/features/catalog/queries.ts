import { keepPreviousData, type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { client, data, done, every, ifMatch, page, type RowOf, type Schema, tagged } from "@/api";
import { type Branch, tree } from "./tree";

export type Product = Schema<"ProductOut">;
export type ProductRow = RowOf<"/api/v1/products">;
export type Category = RowOf<"/api/v1/categories">;

export function productQuery(key: string) {
  return queryOptions({
    queryKey: ["products", "one", key],
    queryFn: () => tagged(client.GET("/api/v1/products/{key}", { params: { path: { key } } })),
  });
}

export function createProduct(body: Schema<"ProductIn">): Promise<Product> {
  return data(client.POST("/api/v1/products", { body }));
}

export function changeProduct(
  key: string,
  body: Schema<"ProductChange">,
  tag?: string | null,
): Promise<Product> {
  return data(client.PATCH("/api/v1/products/{key}", { params: { path: { key } }, body, ...ifMatch(tag) }));
}

export function removeProduct(key: string): Promise<void> {
  return done(client.DELETE("/api/v1/products/{key}", { params: { path: { key } } }));
}

const categoriesQuery = queryOptions({
  queryKey: ["categories", "all"],
  queryFn: () => every("/api/v1/categories", { sort: "name" }),
});

/** All categories, and the same as a tree. */
export function useCategories() {
  const { data: rows, error, isPending, refetch } = useQuery(categoriesQuery);
  return { rows: rows ?? [], branches: rows ? tree(rows) : [], error, isPending, refetch };
}

export type CategoryBranch = Branch<Category>;

export function createCategory(body: Schema<"CategoryIn">) {
  return data(client.POST("/api/v1/categories", { body }));
}

export function changeCategory(category_id: string, body: Schema<"CategoryChange">) {
  return data(client.PATCH("/api/v1/categories/{category_id}", { params: { path: { category_id } }, body }));
}

export function removeCategory(category_id: string) {
  return done(client.DELETE("/api/v1/categories/{category_id}", { params: { path: { category_id } } }));
}

/** A product by its id or SKU. */
export function useProduct(key: string) {
  return useQuery({ ...productQuery(key), enabled: key !== "", select: (found) => found.data });
}

const mostNames = 500;

/** What these SKUs are called, all asked for at once. */
export function useNames(skus: string[]): Map<string, string> {
  const wanted = [...new Set(skus.filter(Boolean))].slice(0, mostNames);
  const { data: names } = useQuery({
    queryKey: ["products", "names", wanted],
    queryFn: async () => {
      const words = { "filter[sku]": wanted.join(","), "filter[archived][in]": "true,false" };
      const found = await page("/api/v1/products", { ...words, fields: "sku,name", limit: mostNames });
      return new Map(found.data.map(({ sku, name }) => [sku, name]));
    },
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData, // while a code is typed, the names already known stay where they are
  });
  return names ?? noNames;
}

const noNames = new Map<string, string>();

/** The same, once, for a form that fills in what is known of it. */
export async function productOf(queries: QueryClient, key: string): Promise<Product | undefined> {
  const found = await queries.fetchQuery(productQuery(key)).catch(() => undefined);
  return found?.data;
}
