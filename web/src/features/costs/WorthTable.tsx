import { useLingui } from "@lingui/react/macro";
import { Card, Money, Quantity, type SimpleColumn, SimpleTable } from "@/design";
import type { Worth } from "./queries";

interface WorthTableProps {
  title: string;
  rows: Worth[];
  currency: string;
}

/** Value by warehouse or category. */
export function WorthTable({ title, rows, currency }: WorthTableProps) {
  const { t } = useLingui();
  const columns: SimpleColumn<Worth>[] = [
    { id: "name", header: t`Name`, cell: (row) => row.name ?? t`Without a category` },
    { id: "units", header: t`Units`, align: "right", cell: (row) => <Quantity value={row.units} /> },
    {
      id: "uncosted",
      header: t`Without a cost`,
      align: "right",
      cell: (row) => <Quantity value={row.uncosted_units} quietZero />,
    },
    {
      id: "value",
      header: t`Value`,
      align: "right",
      cell: (row) => <Money value={row.value} currency={currency} />,
    },
  ];
  return (
    <Card title={title} flush>
      <SimpleTable label={title} columns={columns} rows={rows} rowId={(row) => row.id ?? "none"} />
    </Card>
  );
}
