import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { EmptyState } from "@/design";
import { DataTable } from "@/design/table";
import { useOwnView } from "@/lib/view";
import { movementColumns } from "./columns";
import type { Movement } from "./queries";

const rowId = (row: Movement) => String(row.id);

interface StockMovementsProps {
  fixed: Record<string, string>;
  /** The column that would say the same in every row. */
  hide: string;
  /** Takes the rest of the page instead of a height of its own. */
  fill?: boolean;
}

/** The movements of one SKU or one place, inside its page. */
export function StockMovements({ fixed, hide, fill }: StockMovementsProps) {
  const { t } = useLingui();
  const [view, setView] = useOwnView();
  const list = useList({ path: "/api/v1/inventory/movements", resource: "movements", view, setView, fixed });
  return (
    <DataTable
      id={`movements-without-${hide}`}
      label={t`Movements`}
      list={list}
      columns={movementColumns.filter((column) => column.id !== hide)}
      rowId={rowId}
      height={fill ? undefined : 460}
      empty={<EmptyState icon="history" title={t`Nothing has moved yet`} />}
    />
  );
}
