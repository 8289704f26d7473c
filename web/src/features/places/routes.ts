import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/warehouses", load: async () => (await import("./WarehousesPage")).WarehousesPage },
  { path: "/sites", load: async () => (await import("./SitesPage")).SitesPage },
  { path: "/warehouses/$id", load: async () => (await import("./WarehousePage")).WarehousePage },
  { path: "/warehouses/$id/$part", load: async () => (await import("./WarehousePage")).WarehousePage },
];

export const panels: FeaturePanels = {
  warehouse: async () => (await import("./WarehousePanel")).WarehousePanel,
  bin: async () => (await import("./BinPanel")).BinPanel,
  bins: async () => (await import("./BinsPanel")).BinsPanel,
  relocate: async () => (await import("./RelocatePanel")).RelocatePanel,
};
