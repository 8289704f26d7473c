/** An error that knows which fields it is about: "/lines/0/sku" → its sentence. */
export interface WithFields {
  fields: Record<string, string>;
}

export function fieldsOf(error: unknown): Record<string, string> {
  const fields = (error as Partial<WithFields> | null)?.fields;
  return fields && typeof fields === "object" ? fields : {};
}
