import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/orders", load: async () => (await import("./OrdersPage")).OrdersPage },
  { path: "/orders/$id", load: async () => (await import("./OrderPage")).OrderPage },
];

export const panels: FeaturePanels = {
  order: async () => (await import("./OrderPanel")).OrderPanel,
  ship: async () => (await import("./ShipPanel")).ShipPanel,
};
