import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { EmptyState, Segments } from "@/design";
import { DataTable } from "@/design/table";
import { useWarehouseOptions } from "@/features/places";
import { useChangeSearch, usePanelHref, useSearchWords } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import type { Suggestion } from "./queries";
import { reorderColumns } from "./reorderColumns";

const paths = {
  due: "/api/v1/replenishment/suggestions",
  low: "/api/v1/replenishment/low-stock",
  stockouts: "/api/v1/replenishment/stockouts",
  all: "/api/v1/replenishment/policies",
} as const;

type Which = keyof typeof paths;

const rowId = (row: Suggestion) => row.id;
const rowName = (row: Suggestion) => row.sku;
const isWhich = (word: string | undefined): word is Which => word !== undefined && word in paths;

/** What to order, what is low, what runs out when: one table, of which the address says the rows. */
export function ReorderPart() {
  const { t } = useLingui();
  const change = useChangeSearch();
  const panelHref = usePanelHref();
  const word = useSearchWords().show;
  const which: Which = isWhich(word) ? word : "due";
  const [view, setView] = useUrlView();
  const list = useList({ path: paths[which], resource: "reorder", view, setView });
  const warehouses = useWarehouseOptions();
  const choices = [
    { value: "due", label: t`To order` },
    { value: "low", label: t`Low` },
    { value: "stockouts", label: t`Running out` },
    { value: "all", label: t`All points` },
  ];
  return (
    <DataTable
      id="reorder"
      label={t`Reorder`}
      list={list}
      columns={reorderColumns}
      rowId={rowId}
      rowName={rowName}
      rowHref={(row) => panelHref("reorder", { sku: row.sku, warehouse: row.warehouse })}
      searchLabel={t`Search product or SKU`}
      filters={[{ name: "filter[warehouse]", label: t`Warehouse`, options: warehouses }]}
      actions={
        <Segments
          label={t`Show`}
          value={which}
          options={choices}
          onChange={(show) => change({ show: show === "due" ? undefined : show }, { replace: true })}
        />
      }
      empty={<Nothing which={which} />}
    />
  );
}

function Nothing({ which }: { which: Which }) {
  const { t } = useLingui();
  const said: Record<Which, [string, string]> = {
    due: [t`Nothing to order`, t`Everything is above its reorder point, or has too few sales to tell.`],
    low: [t`Nothing is low`, t`Everything available is at or above its reorder point.`],
    stockouts: [t`Nothing runs out`, t`What is available lasts for the next four weeks.`],
    all: [
      t`No reorder points yet`,
      t`They are computed every night from the forecasts, and after each import.`,
    ],
  };
  const [title, why] = said[which];
  return (
    <EmptyState icon={which === "all" ? "forecast" : "check"} title={title}>
      {why}
    </EmptyState>
  );
}
