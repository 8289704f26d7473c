import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { page, useMay } from "@/api";
import {
  Card,
  Code,
  Day,
  EmptyState,
  Missing,
  Money,
  Quantity,
  type SimpleColumn,
  SimpleTable,
} from "@/design";
import { money } from "@/lib/format";
import type { Layer } from "./queries";

const most = 200;

/** What the stock of a product is made of: the receipts that are still there, oldest first, and their worth. */
export function ProductLayers({ sku }: { sku: string }) {
  const { t } = useLingui();
  const may = useMay("costing.read");
  const { data: found } = useQuery({
    queryKey: ["costs", "layers", sku],
    queryFn: () => page("/api/v1/costs/layers", { "filter[sku]": sku, limit: most }),
    enabled: may,
  });
  const columns: SimpleColumn<Layer>[] = [
    { id: "received", header: t`Received`, cell: (row) => <Day value={row.received_at} /> },
    { id: "document", header: t`Document`, cell: (row) => <Code>{row.document ?? "–"}</Code> },
    { id: "warehouse", header: t`Warehouse`, cell: (row) => row.warehouse },
    { id: "remaining", header: t`Left`, align: "right", cell: (row) => <Quantity value={row.remaining} /> },
    { id: "quantity", header: t`Of`, align: "right", cell: (row) => <Quantity value={row.quantity} /> },
    { id: "paid", header: t`Paid for one`, align: "right", cell: (row) => <Paid row={row} /> },
    {
      id: "value",
      header: t`Value`,
      align: "right",
      cell: (row) => (row.value === null ? t`no cost known` : <Money value={row.value} />),
    },
  ];
  if (!found) return null;
  if (found.data.length === 0) {
    return (
      <EmptyState icon="layers" title={t`No stock, no layers`}>
        {t`Each receipt that is still in stock is shown here with what it cost.`}
      </EmptyState>
    );
  }
  return (
    <Card title={t`Cost layers`} flush>
      <SimpleTable label={t`Cost layers`} columns={columns} rows={found.data} rowId={(row) => row.id} />
    </Card>
  );
}

function Paid({ row }: { row: Layer }) {
  if (row.source_cost && row.source_currency) return <>{money(row.source_cost, row.source_currency)}</>;
  return row.unit_cost === null ? <Missing /> : <Money value={row.unit_cost} />;
}
