/** True for what the API takes as a decimal: digits, one point, an optional sign. */
export function isDecimal(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim());
}

/** -1, 0 or 1 by the sign of a decimal string, without floating point. */
export function sign(text: string): -1 | 0 | 1 {
  if (!/[1-9]/.test(text)) return 0;
  return text.trim().startsWith("-") ? -1 : 1;
}

const scale = 6n;

function units(text: string): bigint {
  const [whole = "0", part = ""] = text.trim().replace(/^[+-]/, "").split(".");
  const digits = BigInt((whole || "0") + part.padEnd(Number(scale), "0").slice(0, Number(scale)));
  return text.trim().startsWith("-") ? -digits : digits;
}

function text(value: bigint): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(Number(scale) + 1, "0");
  const whole = digits.slice(0, -Number(scale));
  const part = digits.slice(-Number(scale)).replace(/0+$/, "");
  return (negative ? "-" : "") + whole + (part ? `.${part}` : "");
}

/** Exact to six decimals, the ledger's precision. */
export function add(a: string, b: string): string {
  return text(units(a) + units(b));
}

export function subtract(a: string, b: string): string {
  return text(units(a) - units(b));
}

export function multiply(a: string, b: string): string {
  return text((units(a) * units(b)) / 10n ** scale);
}

export function compare(a: string, b: string): number {
  const left = units(a);
  const right = units(b);
  return left < right ? -1 : Number(left > right);
}
