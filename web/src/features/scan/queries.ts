import { useQuery } from "@tanstack/react-query";
import { client, data, type Schema } from "@/api";

export type Scan = Schema<"ScanOut">;
export type Match = Schema<"MatchOut">;

/** What a code is; asked anew each time, since what lies there moves. */
export function useScan(code: string) {
  return useQuery({
    queryKey: ["scan", code],
    queryFn: () => data(client.GET("/api/v1/scan", { params: { query: { code } } })),
    enabled: code !== "",
  });
}
