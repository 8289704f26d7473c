import type { FeaturePanels } from "@/lib/feature";

export const panels: FeaturePanels = {
  measure: async () => (await import("./MeasurePanel")).MeasurePanel,
  unit: async () => (await import("./UnitPanel")).UnitPanel,
};
