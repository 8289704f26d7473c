import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { IconName } from "@/design";

export interface NavItem {
  href: string;
  label: MessageDescriptor;
  icon: IconName;
}

export interface NavGroup {
  label: MessageDescriptor;
  items: NavItem[];
}

export const navigation: NavGroup[] = [
  {
    label: msg`Overview`,
    items: [{ href: "/", label: msg`Dashboard`, icon: "dashboard" }],
  },
  {
    label: msg`Catalogue`,
    items: [
      { href: "/products", label: msg`Products`, icon: "tag" },
      { href: "/categories", label: msg`Categories`, icon: "tree" },
    ],
  },
  {
    label: msg`Stock`,
    items: [
      { href: "/stock-levels", label: msg`Stock levels`, icon: "layers" },
      { href: "/scan", label: msg`Scan`, icon: "scan" },
      { href: "/transfers", label: msg`Transfers`, icon: "transfer" },
      { href: "/movements", label: msg`Movements`, icon: "history" },
      { href: "/time-machine", label: msg`Time machine`, icon: "calendar" },
      { href: "/shortages", label: msg`Shortages`, icon: "alert" },
      { href: "/counting", label: msg`Counting`, icon: "scan" },
      { href: "/valuation", label: msg`Valuation`, icon: "chart" },
      { href: "/warehouses", label: msg`Warehouses`, icon: "warehouse" },
    ],
  },
  {
    label: msg`Sales`,
    items: [
      { href: "/orders", label: msg`Orders`, icon: "orders" },
      { href: "/customers", label: msg`Customers`, icon: "users" },
      { href: "/sellers", label: msg`Sellers`, icon: "seller" },
      { href: "/channels", label: msg`Channels`, icon: "link" },
      { href: "/sync", label: msg`Sync`, icon: "sync" },
    ],
  },
  {
    label: msg`Planning`,
    items: [
      { href: "/planning", label: msg`Forecasts & reorder`, icon: "forecast" },
      { href: "/suppliers", label: msg`Suppliers`, icon: "truck" },
    ],
  },
  {
    label: msg`Administration`,
    items: [
      { href: "/import", label: msg`Import`, icon: "import" },
      { href: "/settings", label: msg`Settings`, icon: "settings" },
    ],
  },
];

interface BarItem extends NavItem {
  /** Pages that are found from there. */
  also?: string[];
}

/** What is a thumb away on a phone; the rest is under More. */
export const bottomBar: BarItem[] = [
  { href: "/", label: msg`Home`, icon: "dashboard" },
  {
    href: "/stock-levels",
    label: msg`Inventory`,
    icon: "layers",
    also: [
      "/scan",
      "/products",
      "/transfers",
      "/movements",
      "/time-machine",
      "/shortages",
      "/counting",
      "/counts",
      "/warehouses",
    ],
  },
  { href: "/orders", label: msg`Orders`, icon: "orders" },
  { href: "/planning", label: msg`Planning`, icon: "forecast" },
];

/** Which entry of the phone's bar a page belongs to; what has none is under More. */
export function barEntry(path: string): string | undefined {
  return bottomBar.find(({ href, also = [] }) => [href, ...also].some((one) => isCurrent(one, path)))?.href;
}

/** A page lights up its own entry and that of its list: /products/42 belongs to Products. */
export function isCurrent(href: string, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
