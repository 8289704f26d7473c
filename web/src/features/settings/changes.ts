export interface FieldChange {
  name: string;
  before: string;
  after: string;
}

type Values = Record<string, unknown> | null | undefined;

function written(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The fields that differ between how a thing was and how it is, as texts. */
export function changedFields(before: Values, after: Values): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .map((name) => ({ name, before: written(before?.[name]), after: written(after?.[name]) }))
    .filter((field) => field.before !== field.after);
}
