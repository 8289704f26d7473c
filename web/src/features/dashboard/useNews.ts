import { useEffect, useState } from "react";
import { onChanges } from "@/lib/changes";
import { uuidv7 } from "@/lib/ids";
import type { News } from "./activity";

const kept = 8;
/** What no list tells: syncs that ended, conflicts that arose, plans that were made. */
const kinds = new Set(["syncing.synced", "channels.conflict_changed", "replenishment.policies_computed"]);

/** News that arrived while the page was open, the newest first. */
export function useNews(): News[] {
  const [news, setNews] = useState<News[]>([]);
  useEffect(
    () =>
      onChanges((changes) => {
        const at = new Date().toISOString();
        const fresh = changes
          .filter((change) => kinds.has(change.kind))
          .map(({ kind, facts }) => ({ id: uuidv7(), at, kind, facts }));
        if (fresh.length) setNews((before) => [...fresh.reverse(), ...before].slice(0, kept));
      }),
    [],
  );
  return news;
}
