import { useLingui } from "@lingui/react/macro";
import { useMay } from "@/api";
import { RowMenu } from "@/design";
import { usePanel } from "@/lib/navigation";
import type { Level } from "./queries";

/** What can be done with one level. */
export function LevelVerbs({ level }: { level: Level }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("stock.write");
  if (!mayWrite) return null;
  const about = { sku: level.sku, warehouse: level.warehouse };
  return (
    <RowMenu
      label={t`Actions for ${level.sku} at ${level.warehouse}`}
      verbs={[
        { label: t`Adjust`, icon: "edit", run: () => panel.open("adjust", about) },
        { label: t`Count`, icon: "check", run: () => panel.open("count", about) },
        { label: t`Transfer`, icon: "transfer", run: () => panel.open("transfer", about) },
        { label: t`Reserve`, icon: "bell", run: () => panel.open("reserve", about) },
      ]}
    />
  );
}
