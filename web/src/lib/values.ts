/** The named fields of a thing as texts for a form: what is missing is empty, what is listed is joined by commas. */
export function texts<const Name extends string>(
  thing: object | undefined,
  names: readonly Name[],
): Record<Name, string> {
  const known = (thing ?? {}) as Record<string, unknown>;
  const entries = names.map((name) => {
    const value = known[name];
    return [name, Array.isArray(value) ? value.join(", ") : String(value ?? "")];
  });
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** What an empty field means to the API: nothing. */
export function orNull(text: string): string | null {
  return text.trim() || null;
}

/** The same for every field of a form. */
export function orNulls<Values extends Record<string, string>>(
  values: Values,
): { [Name in keyof Values]: string | null } {
  const entries = Object.entries(values).map(([name, text]) => [name, orNull(text)]);
  return Object.fromEntries(entries) as { [Name in keyof Values]: string | null };
}

/** Words separated by commas, semicolons or line ends. */
export function listed(text: string): string[] {
  return text
    .split(/[,;\n]+/)
    .map((word) => word.trim())
    .filter(Boolean);
}
