import { queryOptions } from "@tanstack/react-query";
import { body, client, data, type Schema } from "@/api";

export type LabelsAsked = Schema<"LabelsIn">;

export const sheetsQuery = queryOptions({
  queryKey: ["labels", "sheets"],
  queryFn: () => data(client.GET("/api/v1/labels/sheets")),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The labels as a PDF. */
export async function drawn(asked: LabelsAsked): Promise<Blob> {
  return (await body(client.POST("/api/v1/labels", { body: asked, parseAs: "blob" }))) as unknown as Blob;
}
