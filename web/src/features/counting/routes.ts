import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/counting", load: async () => (await import("./CountingPage")).CountingPage },
  { path: "/counting/$part", load: async () => (await import("./CountingPage")).CountingPage },
  { path: "/counts/$id", load: async () => (await import("./CountPage")).CountPage },
  { path: "/counts/$id/shelf", load: async () => (await import("./ShelfPage")).ShelfPage },
  { path: "/counts/$id/print", load: async () => (await import("./PrintPage")).PrintPage },
];

export const panels: FeaturePanels = {
  "plan-count": async () => (await import("./PlanPanel")).PlanPanel,
  "count-schedule": async () => (await import("./SchedulePanel")).SchedulePanel,
  "explain-line": async () => (await import("./ExplainPanel")).ExplainPanel,
};
