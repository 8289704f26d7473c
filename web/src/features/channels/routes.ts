import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/channels", load: async () => (await import("./ChannelsPage")).ChannelsPage },
  { path: "/channels/$key", load: async () => (await import("./ChannelPage")).ChannelPage },
  { path: "/channels/$key/$part", load: async () => (await import("./ChannelPage")).ChannelPage },
  { path: "/sync", load: async () => (await import("./SyncPage")).SyncPage },
];

export const panels: FeaturePanels = {
  channel: async () => (await import("./ChannelPanel")).ChannelPanel,
};
