import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/warehouses", load: async () => (await import("./WarehousesPage")).WarehousesPage },
];

export const panels: FeaturePanels = {
  warehouse: async () => (await import("./WarehousePanel")).WarehousePanel,
};
