import { useLingui } from "@lingui/react/macro";
import { Code, Missing } from "@/design";
import type { Log } from "./queries";

interface Item {
  sku: string;
  sent: string;
  shown: string | null;
  answer: string;
}

const few = 4;

/** What was sent and what came back, in one line; an answer that differs is told. */
export function LogDetail({ log }: { log: Log }) {
  const { t } = useLingui();
  const { items, order, orders, told } = (log.detail ?? {}) as {
    items?: Item[];
    order?: string;
    orders?: string[];
    told?: string;
  };
  if (items?.length) return <Sent items={items} all={log.items} />;
  if (orders?.length) return <Code>{orders.slice(0, few).join(", ")}</Code>;
  if (order) return <span>{told ? t`${order} ${told}` : order}</span>;
  return <Missing />;
}

function Sent({ items, all }: { items: Item[]; all: number }) {
  const said = (item: Item) => {
    const answer =
      item.shown === null || item.shown === item.sent ? item.answer : `${item.answer} ${item.shown}`;
    return `${item.sku} → ${item.sent} (${answer})`;
  };
  const whole = items.map(said).join(", ");
  const shown = items.slice(0, few).map(said).join(", ");
  return (
    <span title={whole}>
      <Code>{all > few ? `${shown} …` : shown}</Code>
    </span>
  );
}
