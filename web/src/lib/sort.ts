/** The API's sort words: "-updated_at,sku" is newest first, then by SKU. */
export type Direction = "asc" | "desc";

export function directionOf(sort: string, field: string): Direction | undefined {
  for (const word of sort.split(",")) {
    if (word === field) return "asc";
    if (word === `-${field}`) return "desc";
  }
  return undefined;
}

/** The sort after a header was pressed: ascending, descending, then back to the list's own order. */
export function toggled(sort: string, field: string, keepOthers: boolean): string {
  const now = directionOf(sort, field);
  const others = keepOthers
    ? sort.split(",").filter((word) => word && word !== field && word !== `-${field}`)
    : [];
  const next = { none: [field], asc: [`-${field}`], desc: [] }[now ?? "none"];
  return [...others, ...next].join(",");
}
