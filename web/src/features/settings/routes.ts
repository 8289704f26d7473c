import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/settings", load: async () => (await import("./SettingsPage")).SettingsPage },
  { path: "/settings/$part", load: async () => (await import("./SettingsPage")).SettingsPage },
];

export const panels: FeaturePanels = {
  person: async () => (await import("./PersonPanel")).PersonPanel,
  "api-key": async () => (await import("./KeyPanel")).KeyPanel,
};
