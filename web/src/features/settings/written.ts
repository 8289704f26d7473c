import { useLingui } from "@lingui/react/macro";
import { useCategories } from "@/features/catalog";
import { useWarehouses } from "@/features/places";
import { isDecimal } from "@/lib/decimal";
import { amount, dateTime, quantity } from "@/lib/format";

const prices = /price|total|^(items|discount|tax|shipping|other|fees)$/;
const moment = /^\d{4}-\d{2}-\d{2}T/;

/** A value of a field as people write it. */
export function useWritten(): (field: string, value: unknown) => string {
  const { t } = useLingui();
  const { rows } = useCategories();
  const names = new Map([...rows, ...useWarehouses()].map(({ id, name }) => [id, name] as const));
  const known = (field: string, text: string) => names.get(text) ?? scalar(field, text);
  const said = { true: t`yes`, false: t`no`, none: t`nothing` };
  return (field, value) => anything(field, value, { known, said });
}

interface Words {
  known: (field: string, text: string) => string;
  said: Record<"true" | "false" | "none", string>;
}

function anything(field: string, value: unknown, words: Words): string {
  if (value === null || value === undefined || value === "") return words.said.none;
  if (typeof value === "boolean") return words.said[`${value}`];
  if (typeof value === "object") return parts(field, value, words).join(", ");
  return words.known(field, String(value));
}

function parts(field: string, value: object, words: Words): string[] {
  if (Array.isArray(value)) return value.map((one) => anything(field, one, words));
  return Object.entries(value).map(([name, one]) => `${name}: ${anything(name, one, words)}`);
}

function scalar(field: string, text: string): string {
  if (moment.test(text)) return dateTime(text);
  if (isDecimal(text) && prices.test(field)) return amount(text);
  if (isDecimal(text) && !/code|sku|phone|number|id$/.test(field)) return quantity(text);
  return /status|role|kind/.test(field) ? text.replaceAll("_", " ") : text;
}
