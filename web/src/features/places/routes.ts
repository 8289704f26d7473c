import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/warehouses", load: async () => (await import("./WarehousesPage")).WarehousesPage },
  { path: "/warehouses/$id", load: async () => (await import("./WarehousePage")).WarehousePage },
  { path: "/warehouses/$id/$part", load: async () => (await import("./WarehousePage")).WarehousePage },
];

export const panels: FeaturePanels = {
  warehouse: async () => (await import("./WarehousePanel")).WarehousePanel,
};
