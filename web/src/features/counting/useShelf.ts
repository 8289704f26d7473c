import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Noted, tally } from "./queries";

export interface Scan {
  code: string;
  quantity: string;
  mode: "add" | "set";
}

/** Sends scans one after the other and keeps what came of the last one. */
export function useShelf(count: string) {
  const queries = useQueryClient();
  const [last, setLast] = useState<Noted | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [queue, setQueue] = useState<Promise<unknown>>(Promise.resolve());
  const [waiting, setWaiting] = useState(0);

  async function send(scan: Scan): Promise<void> {
    try {
      const [noted] = await tally(count, [scan]);
      setLast(noted ?? null);
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setWaiting((left) => left - 1);
    await Promise.all(
      ["counts", "count-lines"].map((word) => queries.invalidateQueries({ queryKey: [word] })),
    );
  }

  function say(scan: Scan): void {
    setWaiting((left) => left + 1);
    setQueue((before) => before.then(() => send(scan)));
  }

  return { last, problem, waiting, say, queue };
}
