import { type ComponentType, lazy, Suspense } from "react";
import type { PanelProps } from "@/lib/feature";
import { readPanel, usePanel, useSearchWords } from "@/lib/navigation";
import { patiently } from "@/lib/patiently";
import { featurePanels } from "@/routes";

const panels: Record<string, ComponentType<PanelProps>> = Object.fromEntries(
  Object.entries(featurePanels).map(([name, load]) => [
    name,
    lazy(async () => ({ default: await patiently(load) })),
  ]),
);

/** Opens the panel that the address names, over whatever page is there. */
export function PanelHost() {
  const { close } = usePanel();
  const open = readPanel(useSearchWords());
  const Panel = open && panels[open.name];
  if (!Panel) return null;
  return (
    <Suspense>
      <Panel key={JSON.stringify(open)} about={open.about} onClose={close} />
    </Suspense>
  );
}
