import { country } from "@/lib/format";

const order = ["name", "line1", "line2", "postal_code", "city", "region", "country", "text"];

/** The lines of an address as they stand on an envelope, whatever else it holds. */
export function addressLines(fields: Record<string, unknown> | null): string[] {
  return order
    .map((name) => [name, fields?.[name]] as const)
    .filter((part): part is [string, string] => typeof part[1] === "string" && part[1] !== "")
    .map(([name, line]) => (name === "country" ? country(line) : line));
}
