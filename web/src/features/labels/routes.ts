import type { FeaturePanels } from "@/lib/feature";

export const panels: FeaturePanels = {
  labels: async () => (await import("./LabelsPanel")).LabelsPanel,
};
