import { useLingui } from "@lingui/react/macro";
import { Card, Code, type SimpleColumn, SimpleTable } from "@/design";
import type { Shape } from "./queries";

interface Sampled {
  id: string;
  cells: unknown[];
}

const rowId = (row: Sampled) => row.id;

/** Enough to see whether the columns are read right. */
const most = 8;

/** The first lines of the file as they stand in it. */
export function Preview({ shape }: { shape: Shape }) {
  const { t } = useLingui();
  const rows = shape.sample.slice(0, most).map((cells, line) => ({ id: String(line), cells }));
  const columns = shape.header.map<SimpleColumn<Sampled>>((heading, place) => ({
    id: heading,
    header: heading,
    cell: ({ cells }) => <Code>{String(cells[place] ?? "")}</Code>,
  }));
  return (
    <Card flush title={t`First lines of the file`}>
      <SimpleTable label={t`First lines of the file`} columns={columns} rows={rows} rowId={rowId} />
    </Card>
  );
}
