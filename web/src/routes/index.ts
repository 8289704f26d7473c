import type { Feature, FeaturePanels, FeatureRoute } from "@/lib/feature";

/** Each feature names its pages and panels in its own routes.ts; their code is loaded when they are opened. */
const found = import.meta.glob<Feature>("../features/*/routes.ts", { eager: true });
const features = Object.values(found);

export const featureRoutes: FeatureRoute[] = features.flatMap((feature) => feature.routes ?? []);
export const featurePanels: FeaturePanels = Object.assign(
  {},
  ...features.map((feature) => feature.panels ?? {}),
);
