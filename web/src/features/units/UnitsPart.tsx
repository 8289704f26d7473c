import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { Code, EmptyState, Icon, Missing, Named } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { usePanel, usePanelHref } from "@/lib/navigation";
import { useOwnView } from "@/lib/view";
import type { Unit } from "./queries";
import { useDimensions } from "./words";

function Dimension({ unit }: { unit: Unit }) {
  const found = useDimensions().find(({ value }) => value === unit.dimension);
  return <span>{found?.label ?? unit.dimension}</span>;
}

function Factor({ unit }: { unit: Unit }) {
  if (unit.dimension === "package") return <Missing />;
  return <span>{unit.denominator === "1" ? unit.numerator : `${unit.numerator} / ${unit.denominator}`}</span>;
}

function Whole({ unit }: { unit: Unit }) {
  const { t } = useLingui();
  return <span>{unit.whole ? t`Whole numbers only` : t`Parts too`}</span>;
}

const columns: Column<Unit>[] = [
  {
    id: "code",
    header: msg`Unit`,
    sort: "code",
    width: 200,
    grow: 2,
    card: "title",
    cell: (row) => <Named name={row.name} code={<Code>{row.code}</Code>} />,
  },
  {
    id: "dimension",
    header: msg`Measures`,
    sort: "dimension",
    width: 230,
    grow: 2,
    cell: (row) => <Dimension unit={row} />,
  },
  {
    id: "factor",
    header: msg`Holds`,
    width: 170,
    align: "right",
    cell: (row) => <Factor unit={row} />,
  },
  { id: "whole", header: msg`Counted in`, width: 150, cell: (row) => <Whole unit={row} /> },
];

const rowId = (row: Unit) => row.id;
const rowName = (row: Unit) => row.name;

/** The organization's units, in settings. */
export function UnitsPart() {
  const { t } = useLingui();
  const panel = usePanel();
  const hrefOf = usePanelHref();
  const mayWrite = useMay("units.write");
  const [view, setView] = useOwnView("dimension");
  const list = useList({ path: "/api/v1/units", resource: "units", view, setView });
  const add = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("unit")}>
      {t`New unit`}
    </Button>
  );
  return (
    <DataTable
      id="units"
      label={t`Units`}
      list={list}
      columns={columns}
      rowId={rowId}
      rowName={rowName}
      rowHref={mayWrite ? (row) => hrefOf("unit", { id: row.id }) : undefined}
      actions={add}
      searchLabel={t`Search code or name`}
      empty={
        <EmptyState icon="layers" title={t`No units`} action={add}>
          {t`Units say what quantities are counted in.`}
        </EmptyState>
      }
    />
  );
}
