import { useLingui } from "@lingui/react/macro";
import { Card, Missing, Money, Quantity, type SimpleColumn, SimpleTable } from "@/design";
import type { StockValue } from "./queries";

type Row = StockValue["abroad"][number];

/** Goods bought in other currencies: what exchange rates made of them since, apart from the value. */
export function Abroad({ value }: { value: StockValue }) {
  const { t } = useLingui();
  const { own } = value;
  const money = (amount: string | null) =>
    amount === null ? <Missing /> : <Money value={amount} currency={own} />;
  const columns: SimpleColumn<Row>[] = [
    { id: "currency", header: t`Bought in`, cell: (row) => row.currency },
    { id: "units", header: t`Units`, align: "right", cell: (row) => <Quantity value={row.units} /> },
    {
      id: "amount",
      header: t`Paid`,
      align: "right",
      cell: (row) => <Money value={row.amount} currency={row.currency} />,
    },
    { id: "then", header: t`At the rates then`, align: "right", cell: (row) => money(row.then) },
    { id: "now", header: t`At this day's rate`, align: "right", cell: (row) => money(row.now) },
    { id: "difference", header: t`Gain or loss`, align: "right", cell: (row) => money(row.difference) },
  ];
  return (
    <Card title={t`What exchange rates made of it`} flush>
      <SimpleTable
        label={t`What exchange rates made of it`}
        columns={columns}
        rows={value.abroad}
        rowId={(row) => row.currency}
      />
    </Card>
  );
}
