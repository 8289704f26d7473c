const order = ["name", "line1", "line2", "postal_code", "city", "region", "country", "text"];

/** The lines of an address as they stand on an envelope, whatever else it holds. */
export function addressLines(fields: Record<string, unknown> | null): string[] {
  return order
    .map((name) => fields?.[name])
    .filter((line): line is string => typeof line === "string" && line !== "");
}
