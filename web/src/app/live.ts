import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { io, type Socket } from "socket.io-client";
import { accessToken, renew } from "@/api/session";
import { type Change, passOn } from "@/lib/changes";

/** Which lists and pages a kind of event touches: the first word of their query keys. */
const touched: [prefix: string, resources: string[]][] = [
  ["catalog.product", ["products"]],
  ["catalog.category", ["categories", "products"]],
  ["places.", ["warehouses", "bins"]],
  ["attachments.", ["attachments"]],
  ["partners.supplier", ["suppliers", "supplier-items"]],
  ["partners.customer", ["customers"]],
  ["partners.seller", ["sellers"]],
  ["transfers.", ["transfers"]],
  [
    "ledger.",
    ["stock-levels", "movements", "transfers", "reservations", "shortages", "inventory", "bins", "dashboard"],
  ],
  ["sales.", ["orders", "dashboard"]],
  ["channels.", ["channels", "listings", "conflicts", "dashboard"]],
  ["syncing.", ["channels", "listings", "conflicts", "dashboard"]],
  ["forecasting.", ["forecasts"]],
  ["replenishment.", ["reorder", "stock-levels", "dashboard"]],
  ["exchange.", ["imports", "jobs"]],
  ["exchange.import_finished", ["products", "customers", "orders", "movements", "stock-levels", "dashboard"]],
  ["exchange.import_undone", ["products", "customers", "orders", "movements", "stock-levels", "dashboard"]],
  ["counting.", ["counts", "count-lines", "count-due", "count-schedules", "count-rules", "count-accuracy"]],
  ["job.", ["jobs"]],
  ["identity.", ["users", "api-keys", "me"]],
];

export function resourcesOf(changes: Change[]): Set<string> {
  const kinds = new Set(changes.map((change) => change.kind));
  const found = [...kinds].flatMap((kind) =>
    touched.filter(([prefix]) => kind.startsWith(prefix)).flatMap(([, resources]) => resources),
  );
  return new Set(found);
}

/** Under a storm of changes lists are read again at most this often; long ones, page after page, more calmly still. */
const calm = 1_500;
const calmer = 8_000;
const longFrom = 4;

function isLong(query: Query): boolean {
  const pages = (query.state.data as { pages?: unknown[] } | undefined)?.pages;
  return (pages?.length ?? 0) >= longFrom;
}

/** Runs `deed` with all that was gathered, at most once in `pause`, the first time almost at once. */
function calmly(pause: number, deed: (gathered: Set<string>) => void): (words: Iterable<string>) => void {
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    timer = waiting.size ? setTimeout(run, pause) : undefined;
    deed(waiting);
    waiting = new Set();
  };
  return (words) => {
    for (const word of words) waiting.add(word);
    if (!timer && waiting.size) timer = setTimeout(run, 100);
  };
}

/** Gathers changes and refreshes only what they touch. */
export function gather(queries: QueryClient): (changes: Change[]) => void {
  const refresh = (long: boolean) => (resources: Set<string>) => {
    for (const resource of resources) {
      void queries.invalidateQueries({ queryKey: [resource], predicate: (query) => isLong(query) === long });
    }
  };
  const soon = calmly(calm, refresh(false));
  const later = calmly(calmer, refresh(true));
  return (changes) => {
    const resources = resourcesOf(changes);
    soon(resources);
    later(resources);
  };
}

const pause = 5_000;

/** Refused: with a new token it may go on. While nobody can be asked for one, it is tried again later. */
async function reconnect(socket: Socket, wanted: () => boolean): Promise<void> {
  try {
    if ((await renew()) && wanted()) socket.connect();
  } catch {
    setTimeout(() => wanted() && socket.connect(), pause);
  }
}

function connect(): Socket {
  return io({
    path: "/live/socket.io",
    transports: ["websocket"],
    auth: (give) => give({ token: accessToken() }),
  });
}

/** Keeps the live connection while the shell is open; says whether it stands. */
export function useLive(): boolean {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    const socket = connect();
    const take = gather(queries);
    let open = true;
    let seen = false;
    socket.on("connect", () => {
      setConnected(true);
      // What changed while the line was cut was told to nobody.
      if (seen) void queries.invalidateQueries();
      seen = true;
    });
    socket.on("disconnect", () => setConnected(false));
    socket.on("connect_error", () => {
      setConnected(false);
      if (!socket.active) void reconnect(socket, () => open);
    });
    socket.on("changes", ({ events }: { events: Change[] }) => {
      take(events);
      passOn(events);
    });
    return () => {
      open = false;
      socket.close();
    };
  }, [queries]);
  return connected;
}
