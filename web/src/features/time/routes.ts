import type { FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/time-machine", load: async () => (await import("./TimeMachinePage")).TimeMachinePage },
];
