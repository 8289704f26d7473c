import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/suppliers", load: async () => (await import("./SuppliersPage")).SuppliersPage },
  { path: "/suppliers/$id", load: async () => (await import("./SupplierPage")).SupplierPage },
  { path: "/customers", load: async () => (await import("./CustomersPage")).CustomersPage },
  { path: "/sellers", load: async () => (await import("./SellersPage")).SellersPage },
];

export const panels: FeaturePanels = {
  supplier: async () => (await import("./SupplierPanel")).SupplierPanel,
  "supplier-item": async () => (await import("./SupplierItemPanel")).SupplierItemPanel,
  customer: async () => (await import("./CustomerPanel")).CustomerPanel,
  seller: async () => (await import("./SellerPanel")).SellerPanel,
};
