import { getRegion } from "./format";

interface Choice {
  value: string;
  label: string;
}

/** Currencies most asked for stand first; every other one of the browser follows. */
const common = ["GBP", "EUR", "USD", "KES", "CHF", "JPY"];

export function currencies(): Choice[] {
  const names = new Intl.DisplayNames(getRegion().locale, { type: "currency" });
  const all = Intl.supportedValuesOf("currency");
  const ordered = [...common, ...all.filter((code) => !common.includes(code))];
  return ordered.map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

export function timeZones(): Choice[] {
  const zones = new Set([
    Intl.DateTimeFormat().resolvedOptions().timeZone,
    "UTC",
    ...Intl.supportedValuesOf("timeZone"),
  ]);
  return [...zones].map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}
