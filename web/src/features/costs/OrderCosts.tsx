import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "@/api";
import { Card, Code, Money, Quantity, type SimpleColumn, SimpleTable } from "@/design";
import { add } from "@/lib/decimal";
import { CostExplain } from "./CostExplain";
import { type CostLine, costQuery } from "./queries";

/** What an order's goods cost, line by line, each opening what is behind it. Nothing until something is shipped. */
export function OrderCosts({ order }: { order: string }) {
  const { t } = useLingui();
  const may = useMay("costing.read");
  const { data: lines } = useQuery({ ...costQuery("order", order), enabled: may });
  if (!lines?.length) return null;
  const columns: SimpleColumn<CostLine>[] = [
    { id: "sku", header: t`SKU`, cell: (row) => <Code>{row.sku}</Code> },
    { id: "warehouse", header: t`From`, cell: (row) => row.warehouse },
    { id: "quantity", header: t`Units`, align: "right", cell: (row) => <Quantity value={row.quantity} /> },
    { id: "booked", header: t`As shipped`, align: "right", cell: (row) => <Money value={row.booked} /> },
    { id: "later", header: t`Corrected`, align: "right", cell: (row) => <Money value={row.later} /> },
    { id: "cost", header: t`Cost`, align: "right", cell: (row) => <CostExplain line={row} /> },
  ];
  const total = lines.reduce((before, line) => add(before, line.cost), "0");
  return (
    <Card title={t`What it cost`} flush>
      <SimpleTable
        label={t`What it cost`}
        columns={columns}
        rows={lines}
        rowId={(row) => `${row.posting_id} ${row.line}`}
        foot={[{ label: t`Cost of goods sold`, value: <Money value={total} />, strong: true }]}
      />
    </Card>
  );
}
