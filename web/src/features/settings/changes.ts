export type Values = Record<string, unknown> | null | undefined;

export interface FieldChange {
  name: string;
  before: unknown;
  after: unknown;
}

/** What rows carry for the database's sake, or twice over. */
const inner = new Set([
  ...["id", "organization_id", "created_at", "created_by", "updated_at", "code_key", "email_key", "hint"],
  ...["sku_id", "channel_id", "source_id", "destination_id", "group_id", "parent_key"],
]);

const empty = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);

const same = (before: unknown, after: unknown) =>
  (empty(before) && empty(after)) || JSON.stringify(before) === JSON.stringify(after);

/** The fields that differ between how a thing was and how it is, as far as they mean something to people. */
export function changedFields(before: Values, after: Values): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .filter((name) => !inner.has(name))
    .map((name) => ({ name, before: before?.[name] ?? null, after: after?.[name] ?? null }))
    .filter((field) => !same(field.before, field.after));
}

/** Ids and lists of things are no words of a sentence. */
export function isPlain(value: unknown): boolean {
  return (
    value === null ||
    (typeof value !== "object" && !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}$/.test(String(value)))
  );
}
