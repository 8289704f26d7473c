import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useChannelName } from "@/features/channels";
import { add, isDecimal } from "@/lib/decimal";
import { quantity } from "@/lib/format";

interface Facts {
  who: string;
  what: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** A sentence, or nothing when the change is told by its fields. */
type Deed = (facts: Facts) => string | undefined;

const number = (value: unknown) => quantity(String(value ?? 0));

/** How many units a map of SKU and quantity holds. */
function units(map: unknown): string {
  const values = Object.values((map ?? {}) as Record<string, unknown>)
    .map(String)
    .filter(isDecimal);
  return values.reduce(add, "0");
}

/** What was done, in a sentence: by kind of thing and deed, else by the deed alone. */
export function useDeeds(): Record<string, Deed> {
  return { ...useCommonDeeds(), ...useOrderDeeds(), ...useFileDeeds(), ...usePeopleDeeds() };
}

function useCommonDeeds(): Record<string, Deed> {
  const { t } = useLingui();
  const added: Deed = ({ who, what }) => t`${who} added ${what}.`;
  const many = (several: (who: string, count: string) => string, one: Deed): Deed => {
    return (facts) => (facts.after.codes ? several(facts.who, number(facts.after.count)) : one(facts));
  };
  return {
    create: added,
    delete: ({ who, what }) => t`${who} deleted ${what}.`,
    cancel: ({ who, what }) => t`${who} cancelled ${what}.`,
    "product.create": many(
      (who, count) => t`${who} added ${count} products at once.`,
      ({ who, what }) => t`${who} added the product ${what}.`,
    ),
    "product.update": ({ who, before, after }) => {
      const count = Object.keys(after).length;
      const bulk = Object.values({ ...before, ...after }).every(
        (one) => Array.isArray(one) && one.length === 2,
      );
      return bulk && count
        ? t`${who} renamed or repriced ${plural(count, { one: "# product", other: "# products" })} by an import.`
        : undefined;
    },
    "customer.create": many((who, count) => t`${who} added ${count} customers at once.`, added),
    "transfer.create": ({ who, what }) => t`${who} planned ${what}.`,
    "transfer.dispatch": ({ who, what }) => t`${who} sent ${what} on its way.`,
    "transfer.receive": ({ who, what }) => t`${who} received goods of ${what}.`,
    "forecast.create": ({ who, what }) => t`${who} made ${what} anew.`,
    "job.create": ({ who }) => t`${who} had all forecasts and reorder points computed anew.`,
    "conflict.resolve": ({ who }) => t`${who} settled a conflict with a channel.`,
  };
}

function useOrderDeeds(): Record<string, Deed> {
  const { t } = useLingui();
  const channelName = useChannelName();
  return {
    "order.create": ({ who, what, after }) => {
      const channel = channelName(String(after.channel));
      return after.source === "channel" ? t`${channel} sold ${what}.` : t`${who} took ${what}.`;
    },
    "order.allocate": ({ who, what }) => t`${who} reserved stock for ${what}.`,
    "order.ship": ({ who, what, after }) => {
      const sent = units(after.shipped);
      return t`${who} shipped ${plural(Number(sent), { one: "# unit", other: "# units" })} of ${what}.`;
    },
    "order.update": ({ who, what, before, after }) => {
      if (after.status === "delivered") return t`${who} noted that ${what} has arrived.`;
      if (after.on_hold === true) return t`${who} put ${what} on hold.`;
      if (before.on_hold === true) return t`${who} took ${what} off hold.`;
      return undefined;
    },
    "order.import": ({ who, after }) => {
      const [orders, lines] = [number(after.orders), number(after.lines)];
      return t`${who} imported ${orders} past orders with ${lines} lines.`;
    },
    "order.undo_import": ({ who, after }) => {
      const orders = number(after.orders);
      return t`${who} took back ${orders} imported orders.`;
    },
  };
}

function useFileDeeds(): Record<string, Deed> {
  const { t } = useLingui();
  return {
    "import.upload": ({ who, after }) => {
      const file = String(after.file_name);
      return t`${who} uploaded ${file} to import.`;
    },
    "import.map": ({ who, what }) => t`${who} chose the columns of ${what}.`,
    "import.start": ({ who, what }) => t`${who} started ${what}.`,
    "import.resume": ({ who, what }) => t`${who} went on with ${what}.`,
    "import.finish": ({ who, what }) => t`${who} finished ${what}.`,
    "import.undo": ({ who, what }) => t`${who} undid ${what}.`,
  };
}

function usePeopleDeeds(): Record<string, Deed> {
  const { t } = useLingui();
  return {
    "organization.create": ({ what }) => t`It all began: ${what} was founded.`,
    "user.sign_in": ({ who }) => t`${who} signed in.`,
    "user.sign_out": ({ who }) => t`${who} signed out.`,
    "user.refresh_reused": ({ who }) =>
      t`${who} was signed out everywhere: somebody used an old sign-in again.`,
    "user.update": ({ who, what, before, after }) => {
      if (after.active === false) return t`${who} locked ${what}.`;
      if (before.active === false && after.active) return t`${who} unlocked ${what}.`;
      return undefined;
    },
    "api_key.revoke": ({ who, what }) => t`${who} revoked ${what}.`,
  };
}
