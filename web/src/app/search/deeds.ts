import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { IconName } from "@/design";
import { panelWords, writeSearch } from "@/lib/navigation";
import { navigation } from "../nav";

/** A page or a deed that can be found by its name. */
export interface Deed {
  label: MessageDescriptor;
  icon: IconName;
  href?: string;
  panel?: string;
  /** Who may. */
  needs?: string;
}

const deeds: Deed[] = [
  { label: msg`Adjust stock`, icon: "plus", panel: "adjust", needs: "stock.write" },
  { label: msg`Move stock to another warehouse`, icon: "transfer", panel: "transfer", needs: "stock.write" },
  { label: msg`Add a product`, icon: "plus", panel: "product", needs: "catalog.write" },
  { label: msg`Add a category`, icon: "plus", panel: "category", needs: "catalog.write" },
  { label: msg`Take an order`, icon: "plus", panel: "order", needs: "sales.write" },
  { label: msg`Add a customer`, icon: "plus", panel: "customer", needs: "partners.write" },
  { label: msg`Add a supplier`, icon: "plus", panel: "supplier", needs: "partners.write" },
  { label: msg`Add a warehouse`, icon: "plus", panel: "warehouse", needs: "places.write" },
  { label: msg`Import a file`, icon: "import", href: "/import", needs: "exchange.write" },
];

const pages: Deed[] = navigation.flatMap((group) => group.items);

/** Pages and deeds of which each word of the text begins a word. */
export function findDeeds(text: string, i18n: I18n, may: (permission: string) => boolean): Deed[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return [...pages, ...deeds].filter(
    (deed) => (!deed.needs || may(deed.needs)) && words.every((word) => begins(i18n._(deed.label), word)),
  );
}

function begins(label: string, word: string): boolean {
  return ` ${label.toLowerCase()}`.includes(` ${word}`);
}

/** Where a deed leads from the page one is on. */
export function deedHref(deed: Deed, here: string): string {
  return deed.href ?? here + writeSearch(panelWords(deed.panel ?? ""));
}
