import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/products", load: async () => (await import("./ProductsPage")).ProductsPage },
  { path: "/products/$id", load: async () => (await import("./ProductPage")).ProductPage },
  { path: "/products/$id/$part", load: async () => (await import("./ProductPage")).ProductPage },
  { path: "/categories", load: async () => (await import("./CategoriesPage")).CategoriesPage },
];

export const panels: FeaturePanels = {
  product: async () => (await import("./ProductPanel")).ProductPanel,
  category: async () => (await import("./CategoryPanel")).CategoryPanel,
};
