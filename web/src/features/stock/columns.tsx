import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Code, DateTime, Day, Delta, Explain, Missing, Money, Named, Quantity } from "@/design";
import type { Column } from "@/design/table";
import { MovementVerbs } from "./MovementVerbs";
import type { Level, Movement } from "./queries";
import { Why } from "./Why";
import { MovementType } from "./words";

/** Available as a figure that says how it is made. */
function Available({ level }: { level: Level }) {
  const { t } = useLingui();
  return (
    <Explain
      label={t`Available`}
      formula={t`on hand − reserved − unavailable`}
      rows={[
        { label: t`On hand`, value: <Quantity value={level.on_hand} /> },
        { label: t`Reserved`, value: <Quantity value={level.reserved} /> },
        { label: t`Unavailable`, value: <Quantity value={level.unavailable} /> },
        { label: t`Available`, value: <Quantity value={level.available} />, strong: true },
      ]}
      note={t`Incoming stock stands apart until it is received.`}
    >
      <Quantity value={level.available} low="0" lowLabel={t`none to sell`} />
    </Explain>
  );
}

export const levelColumns: Column<Level>[] = [
  {
    id: "name",
    header: msg`Product`,
    sort: "name",
    width: 200,
    grow: 2.4,
    card: "title",
    cell: (row) => <Named name={row.name} />,
  },
  {
    id: "sku",
    header: msg`SKU`,
    sort: "sku",
    width: 115,
    card: "lead",
    cell: (row) => <Code>{row.sku}</Code>,
  },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 105,
    cell: (row) => <span>{row.warehouse}</span>,
  },
  {
    id: "on_hand",
    header: msg`On hand`,
    sort: "on_hand",
    width: 100,
    align: "right",
    cell: (row) => <Quantity value={row.on_hand} quietZero />,
  },
  {
    id: "reserved",
    header: msg`Reserved`,
    sort: "reserved",
    width: 100,
    align: "right",
    cell: (row) => <Quantity value={row.reserved} quietZero />,
  },
  {
    id: "unavailable",
    header: msg`Unavailable`,
    sort: "unavailable",
    width: 110,
    align: "right",
    optional: true,
    cell: (row) => <Quantity value={row.unavailable} quietZero />,
  },
  {
    id: "available",
    header: msg`Available`,
    sort: "available",
    width: 120,
    align: "right",
    card: "trail",
    cell: (row) => <Available level={row} />,
  },
  {
    id: "incoming",
    header: msg`Incoming`,
    width: 100,
    align: "right",
    cell: (row) => <Quantity value={row.incoming} quietZero />,
  },
  {
    id: "last_counted_at",
    header: msg`Last counted`,
    width: 120,
    optional: true,
    cell: (row) => <Day value={row.last_counted_at} />,
  },
  {
    id: "updated_at",
    header: msg`Changed`,
    sort: "updated_at",
    width: 140,
    optional: true,
    cell: (row) => <DateTime value={row.updated_at} relative />,
  },
];

export const movementColumns: Column<Movement>[] = [
  {
    id: "effective_at",
    header: msg`Happened`,
    sort: "effective_at",
    width: 142,
    card: "lead",
    cell: (row) => <DateTime value={row.effective_at} />,
  },
  {
    id: "type",
    header: msg`Type`,
    sort: "type",
    width: 116,
    card: "trail",
    cell: (row) => <MovementType movement={row} />,
  },
  {
    id: "name",
    header: msg`Product`,
    width: 170,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} />,
  },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 98,
    cell: (row) => <span>{row.warehouse}</span>,
  },
  {
    id: "quantity",
    header: msg`Change`,
    sort: "quantity",
    width: 84,
    align: "right",
    cell: (row) => <Delta value={row.quantity} />,
  },
  {
    id: "balance",
    header: msg`On hand after`,
    width: 104,
    align: "right",
    cell: (row) => <Quantity value={row.balance} />,
  },
  { id: "reason", header: msg`Why`, width: 112, grow: 1.3, cell: (row) => <Why movement={row} /> },
  {
    id: "actor",
    header: msg`By`,
    width: 100,
    grow: 1.2,
    cell: (row) => (row.actor ? <span>{row.actor}</span> : <Missing />),
  },
  {
    id: "unit_cost",
    header: msg`Unit cost`,
    width: 110,
    align: "right",
    optional: true,
    cell: (row) => <Money value={row.unit_cost} currency={row.currency} />,
  },
  {
    id: "recorded_at",
    header: msg`Recorded`,
    sort: "recorded_at",
    width: 145,
    optional: true,
    cell: (row) => <DateTime value={row.recorded_at} />,
  },
  {
    id: "note",
    header: msg`Note`,
    width: 180,
    optional: true,
    cell: (row) => (row.note ? <span>{row.note}</span> : <Missing />),
  },
  {
    id: "verbs",
    header: msg`Actions`,
    hideHeader: true,
    width: 52,
    grow: 0,
    align: "right",
    card: "none",
    cell: (row) => <MovementVerbs movement={row} />,
  },
];
