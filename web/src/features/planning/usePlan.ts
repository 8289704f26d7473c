import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { isEnded, jobQuery, useChange } from "@/api";
import { notify } from "@/design";
import { planAll, planQuery } from "./queries";

/** Planning everything: asks for it, and tells how far the plan under way is, whoever asked. */
export function usePlan() {
  const [wanted, setWanted] = useState<string>();
  const asked = useChange({ change: async () => setWanted((await planAll()).job_id), touches: ["jobs"] });
  const { data: newest } = useQuery(planQuery);
  const { data: own } = useQuery(jobQuery(wanted));
  // Ours is under way from the moment it was asked for, and may be over before the list of jobs is read again.
  const ours = wanted !== undefined && !isEnded(own);
  const job = ours ? own : newest;
  const underWay = ours ? wanted : running(newest);
  useEnd(underWay, job?.status === "failed");
  const progress = job?.total ? job.done / job.total : undefined;
  return { start: () => asked.mutate(undefined), running: Boolean(underWay) || asked.isPending, progress };
}

const running = (job: { id: string; status: string } | null | undefined) =>
  job && !isEnded(job) ? job.id : undefined;

/** Says once that a plan which was seen under way is over; what it changed is read again. */
function useEnd(underWay: string | undefined, failed: boolean) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const watched = useRef<string>(undefined);
  const words = failed ? t`The plan was cut short; ask for it again.` : t`Every SKU is planned anew.`;
  const kind = failed ? "bad" : "good";

  useEffect(() => {
    const before = watched.current;
    watched.current = underWay;
    if (before === undefined || before === underWay) return;
    for (const word of ["forecasts", "reorder"]) void queries.invalidateQueries({ queryKey: [word] });
    notify(words, { kind });
  }, [underWay, words, kind, queries]);
}
