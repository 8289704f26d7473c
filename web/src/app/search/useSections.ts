import { useLingui } from "@lingui/react/macro";
import { useLocation } from "@tanstack/react-router";
import { useMe } from "@/api";
import type { IconName } from "@/design";
import { writeSearch } from "@/lib/navigation";
import { deedHref, findDeeds } from "./deeds";
import {
  type Group,
  type Hit,
  useCompletions,
  useFound,
  useRecent,
  useSavedSearches,
  useSettled,
} from "./queries";

/** One thing to choose: it leads somewhere, or writes into the box. */
export interface Option {
  key: string;
  label: string;
  hint?: string | null;
  code?: string | null;
  icon: IconName;
  href?: string;
  /** What the box holds afterwards. */
  text?: string;
  savedId?: string;
}

export interface Section {
  key: string;
  label: string;
  options: Option[];
}

const icons: Record<string, IconName> = {
  product: "tag",
  serial: "tag",
  lot: "layers",
  order: "orders",
  transfer: "transfer",
  customer: "users",
  supplier: "truck",
  category: "tree",
  warehouse: "warehouse",
  bin: "box",
};

/** The page that shows a hit. */
export function hitHref(kind: string, hit: Hit): string {
  const pages: Record<string, string> = {
    product: `/products/${hit.id}`,
    serial: `/products/${hit.leads}`,
    lot: `/products/${hit.leads}`,
    order: `/orders/${hit.id}`,
    transfer: `/transfers/${hit.id}`,
    customer: `/customers${writeSearch({ panel: "customer", "with.id": hit.id })}`,
    supplier: `/suppliers/${hit.id}`,
    category: `/products${writeSearch({ "filter[category]": hit.id })}`,
    warehouse: `/warehouses/${hit.id}`,
    bin: `/warehouses/${hit.leads}`,
  };
  return pages[kind] ?? "/";
}

function useKindNames(): Record<string, string> {
  const { t } = useLingui();
  return {
    product: t`Products`,
    serial: t`Serial numbers`,
    lot: t`Lots`,
    order: t`Orders`,
    transfer: t`Transfers`,
    customer: t`Customers`,
    supplier: t`Suppliers`,
    category: t`Categories`,
    warehouse: t`Warehouses`,
    bin: t`Bins`,
  };
}

/** All that the box offers for what is typed, in groups; and what is wrong with it. */
export function useSections(typed: string, open: boolean) {
  const text = useSettled(typed.trim());
  const found = useFound(text);
  const names = useKindNames();
  const own = useOwnSections(open);
  const deeds = useDeedSections(text);
  const { values, fields } = useCompletionSections(typed.trimStart(), text !== "");
  const hits = found.data?.groups.map((group) => hitSection(group, names)) ?? [];
  const sections = text && typed.trim() ? [...values, ...hits, ...deeds, ...fields] : own;
  return {
    sections: sections.filter((section) => section.options.length > 0),
    error: text ? found.error : null,
    settled: text === typed.trim() && !found.isFetching,
  };
}

function hitSection(group: Group, names: Record<string, string>): Section {
  const options = group.hits.map((hit) => ({
    key: `${group.kind}-${hit.id}`,
    label: hit.name,
    code: hit.code,
    hint: hit.note,
    icon: icons[group.kind] ?? "search",
    href: hitHref(group.kind, hit),
  }));
  return { key: group.kind, label: names[group.kind] ?? group.kind, options };
}

/** Before anything is typed: what one kept by name, what one searched for last. */
function useOwnSections(open: boolean): Section[] {
  const { t } = useLingui();
  const saved = useSavedSearches(open).map((view) => ({
    key: `saved-${view.id}`,
    label: view.name,
    hint: view.mine ? String(view.state.query ?? "") : `${view.state.query} · ${view.owner}`,
    icon: "filter" as const,
    text: String(view.state.query ?? ""),
    savedId: view.mine ? view.id : undefined,
  }));
  const recent = useRecent(open).map((text) => ({
    key: `recent-${text}`,
    label: text,
    icon: "history" as const,
    text,
  }));
  return [
    { key: "saved", label: t`Saved searches`, options: saved },
    { key: "recent", label: t`Searched for lately`, options: recent },
  ];
}

const mostDeeds = 5;

/** Lists that show all that fits, and pages and deeds by their names. */
function useDeedSections(text: string): Section[] {
  const { t, i18n } = useLingui();
  const here = useLocation({ select: (location) => location.pathname });
  const permissions = useMe()?.permissions ?? [];
  const may = (permission: string) => permissions.includes(permission);
  const lists: Option[] = [
    {
      key: "in-products",
      label: t`All products that fit`,
      icon: "tag",
      href: `/products${writeSearch({ q: text })}`,
    },
    {
      key: "in-stock",
      label: t`All stock levels that fit`,
      icon: "layers",
      href: `/stock-levels${writeSearch({ q: text })}`,
    },
  ];
  const deeds: Option[] = findDeeds(text, i18n, may)
    .slice(0, mostDeeds)
    .map((deed) => ({
      key: `deed-${deed.label.id}`,
      label: i18n._(deed.label),
      icon: deed.icon,
      href: deedHref(deed, here),
    }));
  return [
    { key: "deeds", label: t`Pages and deeds`, options: deeds },
    { key: "lists", label: t`In a list`, options: text ? lists : [] },
  ];
}

/** Ways to go on with a query: values at once, names of fields below what was found. */
function useCompletionSections(typed: string, wanted: boolean): { values: Section[]; fields: Section[] } {
  const { t } = useLingui();
  const settled = useSettled(typed);
  const found = useCompletions(wanted ? settled : "");
  if (!found || settled !== typed) return { values: [], fields: [] };
  const isValue = typed.slice(0, found.start).endsWith(":") || !found.options[0]?.text.endsWith(":");
  const options = found.options.map((option) => ({
    key: `go-on-${option.text}`,
    label: option.label,
    hint: option.what,
    icon: "filter" as const,
    text:
      typed.slice(0, found.start) + option.text + (isValue ? " " : "") + typed.slice(found.end).trimStart(),
  }));
  const section = { key: "go-on", label: isValue ? t`Go on with` : t`Narrow by`, options };
  return isValue ? { values: [section], fields: [] } : { values: [], fields: [section] };
}
