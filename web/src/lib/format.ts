/** How this organization writes numbers, money and times. Set once, after sign-in. */
export interface Region {
  locale: string;
  timeZone: string;
  currency: string;
}

let region: Region = { locale: "en-GB", timeZone: "UTC", currency: "GBP" };
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

export function setRegion(next: Partial<Region>): void {
  region = { ...region, ...next };
  cache.clear();
}

export function getRegion(): Region {
  return region;
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${JSON.stringify(options)}`;
  let found = cache.get(key) as Intl.NumberFormat | undefined;
  if (!found) {
    found = new Intl.NumberFormat(region.locale, options);
    cache.set(key, found);
  }
  return found;
}

function times(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `t${JSON.stringify(options)}`;
  let found = cache.get(key) as Intl.DateTimeFormat | undefined;
  if (!found) {
    found = new Intl.DateTimeFormat(region.locale, { timeZone: region.timeZone, ...options });
    cache.set(key, found);
  }
  return found;
}

type Decimal = string | number;

/** Intl formats decimal strings exactly, without a detour through floating point. */
function exact(format: Intl.NumberFormat, value: Decimal): string {
  return format.format(value as Intl.StringNumericLiteral);
}

/** A quantity as people write it: grouped, at most six decimals, no trailing zeros. */
export function quantity(value: Decimal): string {
  return exact(numbers({ maximumFractionDigits: 6 }), value);
}

/** A signed change of quantity: +5, −3. */
export function delta(value: Decimal): string {
  return exact(numbers({ maximumFractionDigits: 6, signDisplay: "exceptZero" }), value);
}

export function money(value: Decimal, currency: string = region.currency): string {
  return exact(numbers({ style: "currency", currency, currencyDisplay: "narrowSymbol" }), value);
}

/** An amount whose currency is said elsewhere, or not known: 3.50. */
export function amount(value: Decimal): string {
  return exact(numbers({ minimumFractionDigits: 2, maximumFractionDigits: 6 }), value);
}

/** "a, b and c". */
export function list(words: string[]): string {
  return new Intl.ListFormat(region.locale, { type: "conjunction" }).format(words);
}

/** Money for tiles and axes: £1.2M. */
export function moneyShort(value: Decimal, currency: string = region.currency): string {
  const options = {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
  } as const;
  return exact(numbers({ ...options, maximumFractionDigits: 1 }), value);
}

export function short(value: Decimal): string {
  return exact(numbers({ notation: "compact", maximumFractionDigits: 1 }), value);
}

export function percent(value: number, digits = 0): string {
  return numbers({ style: "percent", maximumFractionDigits: digits }).format(value);
}

export function date(value: string | Date): string {
  return times({ day: "numeric", month: "short", year: "numeric" }).format(new Date(value));
}

export function dayMonth(value: string | Date): string {
  return times({ day: "numeric", month: "short" }).format(new Date(value));
}

export function dateTime(value: string | Date): string {
  const options = {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  } as const;
  return times(options).format(new Date(value));
}

/** A country's name by its two-letter code; anything else as it was written. */
export function country(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([region.locale], { type: "region", fallback: "code" }).of(code) ?? code;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 minutes ago"; beyond a week the date itself. */
export function ago(value: string, now: number = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000;
  if (Math.abs(seconds) > 7 * 86_400) return date(value);
  const words = new Intl.RelativeTimeFormat(region.locale, { numeric: "auto" });
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return words.format(Math.round(seconds / length), unit);
  }
  return words.format(0, "second");
}
