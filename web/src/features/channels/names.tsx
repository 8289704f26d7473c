import { useLingui } from "@lingui/react/macro";
import { useChannels } from "./queries";

/** What the channel is called whose code stands in an order or a figure. */
export function useChannelName(): (code: string | null) => string {
  const { t } = useLingui();
  const { data: channels = [] } = useChannels();
  const names = new Map(channels.map((one) => [one.code, one.name]));
  const own: Record<string, string> = { manual: t`By hand`, import: t`Imported`, "": t`By hand` };
  return (code) => names.get(code ?? "") ?? own[code ?? ""] ?? code ?? "";
}

export function ChannelName({ code }: { code: string | null }) {
  return <span>{useChannelName()(code)}</span>;
}
