import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/planning", load: async () => (await import("./PlanningPage")).PlanningPage },
  { path: "/planning/$part", load: async () => (await import("./PlanningPage")).PlanningPage },
  { path: "/planning/forecasts/$id", load: async () => (await import("./ForecastPage")).ForecastPage },
];

export const panels: FeaturePanels = {
  forecast: async () => (await import("./ForecastPanel")).ForecastPanel,
  reorder: async () => (await import("./ReorderPanel")).ReorderPanel,
};
