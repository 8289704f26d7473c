import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { useMay, useSave } from "@/api";
import { Quantity } from "@/design";
import type { Column } from "@/design/table";
import { isDecimal, sign } from "@/lib/decimal";
import { quantity } from "@/lib/format";
import { levelColumns } from "./columns";
import { LevelVerbs } from "./LevelVerbs";
import { type Level, setLevels, setReorderPoint } from "./queries";
import { usePosted } from "./usePosted";

const reorderColumn: Column<Level> = {
  id: "reorder_point",
  header: msg`Reorder at`,
  width: 110,
  align: "right",
  cell: (row) => <Quantity value={row.reorder_point} />,
};

const verbsColumn: Column<Level> = {
  id: "verbs",
  header: msg`Actions`,
  hideHeader: true,
  width: 56,
  grow: 0,
  align: "right",
  card: "trail",
  cell: (row) => <LevelVerbs level={row} />,
};

/** What is written must be zero or more; an empty reorder point is given back to the nightly run. */
function checked(text: string, sentence: string): string {
  if (!isDecimal(text) || sign(text) < 0) throw new Error(sentence);
  return text;
}

/** The columns of the stock grid: on hand and reorder point are changed in place by whoever may. */
export function useLevelColumns(): Column<Level>[] {
  const { t } = useLingui();
  const mayWrite = useMay("stock.write");
  const mayPlan = useMay("planning.write");
  const post = usePosted();
  const save = useSave();
  // Made once for a reader: what the columns do reads the newest deeds.
  return useMemo(() => {
    const onHand = (row: Level) => ({
      value: row.on_hand,
      label: t`On hand of ${row.sku} at ${row.warehouse}`,
      save: (text: string) => {
        const counted = checked(text, t`Write how much lies there: zero or more.`);
        const { sku, warehouse, on_hand } = row;
        const line = { sku, warehouse, quantity: counted, expected_quantity: on_hand };
        const now = quantity(counted);
        return post(
          setLevels({ lines: [line], reason: "set in the grid", fact: false }),
          () => t`${sku} at ${warehouse}: ${now} on hand now.`,
        );
      },
    });
    const point = (row: Level) => ({
      value: row.reorder_point ?? "",
      label: t`Reorder point of ${row.sku} at ${row.warehouse}`,
      save: async (text: string) => {
        const manual_point = text === "" ? null : checked(text, t`Write zero or more, or nothing.`);
        const { sku, warehouse } = row;
        await save(setReorderPoint({ sku, warehouse, manual_point }), ["stock-levels", "replenishment"]);
      },
    });
    const shown = levelColumns.map((column) =>
      column.id === "on_hand" && mayWrite ? { ...column, edit: onHand } : column,
    );
    const reorder = mayPlan ? { ...reorderColumn, edit: point } : reorderColumn;
    return [...shown, reorder, ...(mayWrite ? [verbsColumn] : [])];
  }, [mayWrite, mayPlan, t, post, save]);
}
