import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import type { ReactNode } from "react";
import { type Channel, useChannelName } from "@/features/channels";
import { Anchor } from "@/lib/Anchor";
import { delta, money, quantity } from "@/lib/format";
import type { Deed, News, Run } from "./activity";
import type { Order } from "./queries";

function To({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Box
      component={Anchor}
      href={href}
      sx={{ fontWeight: 600, textDecoration: "none", "&:hover": { textDecoration: "underline" } }}
    >
      {children}
    </Box>
  );
}

export function OrderSentence({ order }: { order: Order }) {
  const nameOf = useChannelName();
  const number = <To href={`/orders/${encodeURIComponent(order.number)}`}>{order.number}</To>;
  const pieces = <Plural value={Number(order.units)} one="# piece" other="# pieces" />;
  const total = money(order.total, order.currency);
  const channel = nameOf(order.channel ?? order.source);
  if (order.status === "cancelled") return <Trans>Order {number} was cancelled.</Trans>;
  if (order.source === "channel") {
    return (
      <Trans>
        {channel} sold {pieces} for {total}: {number}
      </Trans>
    );
  }
  return (
    <Trans>
      Order {number} of {pieces} for {total}
    </Trans>
  );
}

/** Several orders of a channel in one sentence. */
export function RunSentence({ run }: { run: Run }) {
  const channel = useChannelName()(run.channel);
  const pieces = <Plural value={Number(run.pieces)} one="# piece" other="# pieces" />;
  const total = money(run.total, run.currency);
  const href = `/orders?filter[channel]=${encodeURIComponent(run.channel)}`;
  const orders = (
    <To href={href}>
      <Plural value={run.orders} one="# order" other="# orders" />
    </To>
  );
  return (
    <Trans>
      {channel} sold {pieces} for {total} in {orders}
    </Trans>
  );
}

/** What one posting did: the only line itself, or how many there are. */
export function DeedSentence({ deed }: { deed: Deed }) {
  const [line] = deed.lines;
  if (!line) return null;
  const who = line.actor ?? "onhand";
  const count = quantity(new Set(deed.lines.map((one) => one.sku)).size);
  const href = `/movements?q=${encodeURIComponent(line.document ?? line.sku)}`;
  if (deed.lines.length > 1) {
    return (
      <Trans>
        {who} changed <To href={href}>{count} SKUs</To> at once ({line.reason || line.type}).
      </Trans>
    );
  }
  const sku = <To href={`/products/${encodeURIComponent(line.sku)}`}>{line.sku}</To>;
  return (
    <Trans>
      {who} changed {sku} in {line.warehouse} by {delta(line.quantity)} ({line.reason || line.type}).
    </Trans>
  );
}

export function NewsSentence({ news, channels }: { news: News; channels: Channel[] }) {
  const { t } = useLingui();
  const found = channels.find((one) => one.id === news.facts.channel_id);
  const name = found ? <To href={`/channels/${found.code}`}>{found.name}</To> : t`A channel`;
  if (news.kind === "syncing.synced") {
    const numbers = quantity(Number(news.facts.pushed ?? 0));
    const differences = quantity(Number(news.facts.differences ?? 0));
    return (
      <Trans>
        {name} was synced: {numbers} numbers sent, {differences} differences.
      </Trans>
    );
  }
  if (news.kind === "channels.conflict_changed") {
    const where = (
      <To href="/sync">{news.facts.status === "open" ? t`A conflict` : t`A settled conflict`}</To>
    );
    return (
      <Trans>
        {where} with {name}.
      </Trans>
    );
  }
  return (
    <Trans>
      Every <To href="/planning/reorder">reorder point</To> was computed anew.
    </Trans>
  );
}
