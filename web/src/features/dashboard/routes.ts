import type { FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/", load: async () => (await import("./DashboardPage")).DashboardPage },
];
