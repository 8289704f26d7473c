import { body, client } from "./client";
import type { paths } from "./schema.gen";

interface Envelope {
  data: unknown[];
  meta: { next_cursor?: string | null; total?: number | null; total_is_estimate?: boolean | null };
}

type Answered<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

/** The paths of the contract that answer a list. */
export type ListPath = {
  [P in keyof paths]: Answered<P> extends never ? never : Answered<P> extends Envelope ? P : never;
}[keyof paths];

export type RowOf<P extends ListPath> = Answered<P> extends { data: (infer Row)[] } ? Row : never;

export interface Listed<Row> {
  data: Row[];
  meta: Envelope["meta"];
}

/** A word of the list grammar: filter[…], sort, q, limit, cursor, page, fields. */
export type Words = Record<string, string | number | undefined>;

/** The words as they stand in an address. */
export function written(words: Words): string {
  const known = Object.entries(words).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(known.map(([word, value]) => [word, String(value)])).toString();
}

type ListCall = (
  path: ListPath,
  options: { params?: { path?: Record<string, string> }; querySerializer: () => string },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** One page of a list. Filters are open words of the grammar, which the contract cannot enumerate. */
export async function page<P extends ListPath>(
  path: P,
  words: Words = {},
  at: Record<string, string> = {},
): Promise<Listed<RowOf<P>>> {
  const get = client.GET as unknown as ListCall;
  const answer = await body(get(path, { params: { path: at }, querySerializer: () => written(words) }));
  return answer as Listed<RowOf<P>>;
}

const most = 500;

/** All rows of a list that is known to be short: warehouses, categories. */
export async function every<P extends ListPath>(path: P, words: Words = {}): Promise<RowOf<P>[]> {
  const rows: RowOf<P>[] = [];
  let cursor: string | undefined;
  do {
    const found: Listed<RowOf<P>> = await page(path, { ...words, limit: most, cursor });
    rows.push(...found.data);
    cursor = found.meta.next_cursor ?? undefined;
  } while (cursor);
  return rows;
}
