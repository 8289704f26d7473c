import { queryOptions } from "@tanstack/react-query";
import { client, data } from "./client";

const ended = new Set(["succeeded", "failed"]);

/** How often long work is asked how far it is, in milliseconds. */
export const jobPause = 700;

export const isEnded = (job: { status: string } | null | undefined) => job != null && ended.has(job.status);

/** Long work, asked for again and again until it is over. */
export function jobQuery(job_id: string | undefined) {
  return queryOptions({
    queryKey: ["jobs", "one", job_id],
    queryFn: () => data(client.GET("/api/v1/jobs/{job_id}", { params: { path: { job_id: job_id ?? "" } } })),
    enabled: job_id !== undefined,
    refetchInterval: ({ state }) => (isEnded(state.data) ? false : jobPause),
  });
}
