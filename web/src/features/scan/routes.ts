import type { FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/scan", load: async () => (await import("./ScanPage")).ScanPage },
];
