import type { FeaturePanels } from "@/lib/feature";

export const panels: FeaturePanels = {
  kit: async () => (await import("./KitPanel")).KitPanel,
};
