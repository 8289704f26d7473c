import type { ComponentType } from "react";

/** One page of a feature, loaded when it is first opened. */
export interface FeatureRoute {
  /** "/products/$id": what begins with $ is read with useParam. */
  path: string;
  load: () => Promise<ComponentType>;
}

export interface PanelProps {
  /** What the panel is about, as its link says it. */
  about: Record<string, string>;
  onClose: () => void;
}

/** A form that slides in over any page, by its name in the address: `?panel=product`. */
export type FeaturePanels = Record<string, () => Promise<ComponentType<PanelProps>>>;

/** What a feature's `routes.ts` tells the app: its pages and its panels. */
export interface Feature {
  routes?: FeatureRoute[];
  panels?: FeaturePanels;
}
