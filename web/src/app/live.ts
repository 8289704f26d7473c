import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { io, type Socket } from "socket.io-client";
import { accessToken, renew } from "@/api/session";
import { type Change, passOn } from "@/lib/changes";

/** Which lists and pages a kind of event touches: the first word of their query keys. */
const touched: [prefix: string, resources: string[]][] = [
  ["catalog.product", ["products"]],
  ["catalog.category", ["categories", "products"]],
  ["places.", ["warehouses"]],
  ["partners.supplier", ["suppliers", "supplier-items"]],
  ["partners.customer", ["customers"]],
  ["partners.seller", ["sellers"]],
  ["transfers.", ["transfers"]],
  [
    "ledger.",
    ["stock-levels", "movements", "transfers", "reservations", "shortages", "inventory", "dashboard"],
  ],
  ["sales.", ["orders", "dashboard"]],
  ["channels.", ["channels", "listings", "conflicts", "dashboard"]],
  ["syncing.", ["channels", "listings", "conflicts", "dashboard"]],
  ["forecasting.", ["forecasts"]],
  ["replenishment.", ["reorder", "stock-levels", "dashboard"]],
  ["exchange.", ["imports", "jobs"]],
  ["exchange.import_finished", ["products", "customers", "orders", "movements", "stock-levels", "dashboard"]],
  ["exchange.import_undone", ["products", "customers", "orders", "movements", "stock-levels", "dashboard"]],
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

/** Under a storm of changes the lists are read again at most this often. */
const calm = 1_500;

/** Gathers changes and refreshes only what they touch, the first at once and then in calm steps. */
export function gather(queries: QueryClient): (changes: Change[]) => void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = waiting.size ? setTimeout(flush, calm) : undefined;
    for (const resource of waiting) void queries.invalidateQueries({ queryKey: [resource] });
    waiting.clear();
  };
  return (changes) => {
    for (const resource of resourcesOf(changes)) waiting.add(resource);
    if (!timer && waiting.size) timer = setTimeout(flush, 100);
  };
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
    socket.on("connect", () => setConnected(true));
    socket.on("disconnect", () => setConnected(false));
    socket.on("connect_error", () => {
      setConnected(false);
      if (!socket.active) void renew().then((renewed) => renewed && socket.connect());
    });
    socket.on("changes", ({ events }: { events: Change[] }) => {
      take(events);
      passOn(events);
    });
    return () => {
      socket.close();
    };
  }, [queries]);
  return connected;
}
