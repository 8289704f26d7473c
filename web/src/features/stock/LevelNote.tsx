import { useLingui } from "@lingui/react/macro";
import { quantity } from "@/lib/format";
import { useLevel } from "./queries";

/** What may be taken of a SKU at a warehouse, beside the field that asks how much. */
export function LevelNote({ sku, warehouse }: { sku: string; warehouse: string }) {
  const { t } = useLingui();
  const { data: level, isSuccess } = useLevel(sku, warehouse);
  if (!isSuccess) return null;
  const available = quantity(level?.available ?? "0");
  return <>{t`${available} available`}</>;
}
