import { orNull, texts } from "@/lib/values";
import type { ChannelDetail } from "./queries";

/** The fields of a channel as a form has them. */
export function start(channel: ChannelDetail | undefined) {
  return {
    ...texts(channel, ["name", "endpoint", "maximum_shown"]),
    type: channel?.type ?? "online_store",
    connector: channel?.connector ?? "sandbox",
    token: "",
    buffer: channel?.buffer ?? "0",
    priority: String(channel?.priority ?? 100),
    warehouses: channel?.warehouses ?? [],
  };
}

/** What the API takes of them; a token left empty stays as it is on file. */
export function bodyOf({ name, type, endpoint, token, ...rest }: ReturnType<typeof start>) {
  const reached = rest.connector === "manual" ? {} : { endpoint: endpoint.trim() };
  return {
    name: name.trim(),
    type: type as ChannelDetail["type"],
    ...reached,
    ...(token ? { credentials: { token } } : {}),
    buffer: rest.buffer,
    maximum_shown: orNull(rest.maximum_shown),
    priority: Number(rest.priority),
    warehouses: rest.warehouses,
  };
}
