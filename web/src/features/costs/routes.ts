import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/valuation", load: async () => (await import("./CostsPage")).CostsPage },
  { path: "/valuation/$part", load: async () => (await import("./CostsPage")).CostsPage },
];

export const panels: FeaturePanels = {
  cost: async () => (await import("./CostPanel")).CostPanel,
  landed: async () => (await import("./LandedPanel")).LandedPanel,
  method: async () => (await import("./MethodPanel")).MethodPanel,
  rate: async () => (await import("./RatePanel")).RatePanel,
  feed: async () => (await import("./FeedPanel")).FeedPanel,
};
