import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isEnded, jobQuery, useChange } from "@/api";
import { notify } from "@/design";
import { syncChannel, touches } from "./queries";

interface Synced {
  pushed: number;
  orders: number;
  differences: number;
}

/** Syncs a channel, follows how far it is, and says what came of it. */
export function useSync(channel: { id: string; name: string }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [jobId, setJobId] = useState<string>();
  const { data: job } = useQuery(jobQuery(jobId));
  const started = useChange({ change: () => syncChannel(channel.id), touches: [] });
  const { name } = channel;
  const over = isEnded(job);

  useEffect(() => {
    if (!(over && job && job.id === jobId)) return;
    setJobId(undefined);
    for (const word of touches) void queries.invalidateQueries({ queryKey: [word] });
    if (job.status === "failed") {
      const why = String(job.errors?.[0]?.message ?? job.message ?? "");
      notify(t`${name} was not synced. ${why}`, { kind: "bad" });
      return;
    }
    const { pushed, orders, differences } = job.result as unknown as Synced;
    notify(t`${name}: ${pushed} numbers sent, ${orders} new orders, ${differences} differences.`);
  }, [over, job, jobId, name, queries, t]);

  const start = () => started.mutate(undefined, { onSuccess: ({ job_id }) => setJobId(job_id) });
  const running = started.isPending || jobId !== undefined;
  return { start, running, progress: job?.progress ?? undefined, message: job?.message ?? undefined };
}
