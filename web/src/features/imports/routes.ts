import type { FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/import", load: async () => (await import("./ImportPage")).ImportPage },
  { path: "/import/$id", load: async () => (await import("./RunPage")).RunPage },
];
