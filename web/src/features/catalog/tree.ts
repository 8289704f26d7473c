/** A thing with those below it. */
export interface Branch<Row> {
  row: Row;
  depth: number;
  /** The names from the top to here: "Gifts › Candles". */
  path: string;
  below: Branch<Row>[];
}

interface Node {
  id: string;
  name: string;
  parent_id: string | null;
}

/** Rows that name their parents as branches; a row whose parent is not among them stands at the top. */
export function tree<Row extends Node>(rows: Row[]): Branch<Row>[] {
  const ids = new Set(rows.map((row) => row.id));
  const children = new Map<string | null, Row[]>();
  for (const row of rows) {
    const parent = row.parent_id && ids.has(row.parent_id) ? row.parent_id : null;
    children.set(parent, [...(children.get(parent) ?? []), row]);
  }
  const grow = (parent: string | null, depth: number, path: string): Branch<Row>[] =>
    (children.get(parent) ?? []).map((row) => {
      const here = path ? `${path} › ${row.name}` : row.name;
      return { row, depth, path: here, below: grow(row.id, depth + 1, here) };
    });
  return grow(null, 0, "");
}

/** All branches from the top down, in the order in which they are drawn. */
export function flat<Row>(branches: Branch<Row>[]): Branch<Row>[] {
  return branches.flatMap((branch) => [branch, ...flat(branch.below)]);
}
