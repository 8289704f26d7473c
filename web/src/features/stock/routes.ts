import type { FeaturePanels, FeatureRoute } from "@/lib/feature";

export const routes: FeatureRoute[] = [
  { path: "/stock-levels", load: async () => (await import("./StockLevelsPage")).StockLevelsPage },
  { path: "/movements", load: async () => (await import("./MovementsPage")).MovementsPage },
  { path: "/transfers", load: async () => (await import("./TransfersPage")).TransfersPage },
  { path: "/transfers/$id", load: async () => (await import("./TransferPage")).TransferPage },
  { path: "/shortages", load: async () => (await import("./ShortagesPage")).ShortagesPage },
];

export const panels: FeaturePanels = {
  adjust: async () => (await import("./AdjustPanel")).AdjustPanel,
  count: async () => (await import("./CountPanel")).CountPanel,
  reserve: async () => (await import("./ReservePanel")).ReservePanel,
  receive: async () => (await import("./ReceivePanel")).ReceivePanel,
  shortage: async () => (await import("./ShortagePanel")).ShortagePanel,
  transfer: async () => (await import("./TransferPanel")).TransferPanel,
};
