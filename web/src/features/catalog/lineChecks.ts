import type { Errors } from "@/design/form";
import { isDecimal, sign } from "@/lib/decimal";
import type { Line } from "./LinesEditor";

interface Words {
  sku: string;
  quantity: string;
  price: string;
}

/** What is wrong with lines, under the names that the editor looks for. */
export function checkLines(lines: Line[], words: Words): Errors {
  const errors: Errors = {};
  lines.forEach((line, index) => {
    if (!line.sku) errors[`lines.${index}.sku`] = words.sku;
    if (!isDecimal(line.quantity) || sign(line.quantity) <= 0)
      errors[`lines.${index}.quantity`] = words.quantity;
    if (line.price && !isDecimal(line.price)) errors[`lines.${index}.unit_price`] = words.price;
  });
  return errors;
}
