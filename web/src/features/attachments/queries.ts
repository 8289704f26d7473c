import { useQueries, useQuery } from "@tanstack/react-query";
import { client, data, done, page, type RowOf } from "@/api";

export type Attachment = RowOf<"/api/v1/attachments">;

/** What photos and documents belong to: a kind of thing, and its id. */
export interface Owner {
  kind: string;
  id: string;
}

export const touches = ["attachments"];

/** The photos and documents of one thing, in their order. */
export function useAttachments({ kind, id }: Owner) {
  return useQuery({
    queryKey: ["attachments", "of", kind, id],
    queryFn: async () => {
      const words = { "filter[owner_kind]": kind, "filter[owner_id]": id, limit: 100 };
      return (await page("/api/v1/attachments", words)).data;
    },
    enabled: id !== "",
  });
}

export function attach({ kind, id }: Owner, file: File): Promise<Attachment> {
  const form = new FormData();
  form.append("owner_kind", kind);
  form.append("owner_id", id);
  form.append("file", file, file.name);
  // The contract names the form's fields; the file itself goes as the browser sends files.
  const body = form as unknown as { owner_kind: string; owner_id: string; file: string };
  return data(client.POST("/api/v1/attachments", { body, bodySerializer: () => form }));
}

export const changeAttachment = (
  attachment_id: string,
  body: { caption?: string | null; primary?: boolean },
) => data(client.PATCH("/api/v1/attachments/{attachment_id}", { params: { path: { attachment_id } }, body }));

export const removeAttachment = (attachment_id: string) =>
  done(client.DELETE("/api/v1/attachments/{attachment_id}", { params: { path: { attachment_id } } }));

export const orderPhotos = (owner: Owner, ids: string[]) =>
  done(
    client.PUT("/api/v1/attachments/order", { body: { owner_kind: owner.kind, owner_id: owner.id, ids } }),
  );

export type Size = "small" | "medium" | "large";

async function fetched(attachment_id: string, size?: Size): Promise<Blob> {
  const path = { attachment_id };
  const answer = size
    ? await client.GET("/api/v1/attachments/{attachment_id}/thumbnails/{size}", {
        params: { path: { ...path, size } },
        parseAs: "blob",
      })
    : await client.GET("/api/v1/attachments/{attachment_id}/content", { params: { path }, parseAs: "blob" });
  if (!answer.response.ok) throw new Error(answer.response.statusText);
  return answer.data as unknown as Blob;
}

/** A photo made small. Its bytes need a sign-in, which an address in an image cannot carry. */
export function useThumbnail(id: string, size: Size) {
  return useQuery({
    queryKey: ["thumbnails", id, size],
    queryFn: () => fetched(id, size),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: id !== "",
  });
}

/** Lets the browser save the file under its name. */
export async function download({ id, name }: Attachment): Promise<void> {
  const address = URL.createObjectURL(await fetched(id));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

const together = 100;

function byOwner(answers: { data: Attachment[] | undefined }[]): Map<string, string> {
  return new Map(
    answers.flatMap(({ data: rows = [] }) => rows.map((row) => [row.owner_id, row.id] as const)),
  );
}

/** The first photo of each of these things, asked for a hundred at a time. */
export function usePrimaryPhotos(kind: string, ids: string[]): Map<string, string> {
  const parts = Array.from({ length: Math.ceil(ids.length / together) }, (_, part) =>
    ids.slice(part * together, (part + 1) * together),
  );
  return useQueries({
    queries: parts.map((some) => ({
      queryKey: ["attachments", "primary", kind, some],
      queryFn: async () => {
        const words = {
          "filter[owner_kind]": kind,
          "filter[owner_id]": some.join(","),
          "filter[primary]": "true",
        };
        return (await page("/api/v1/attachments", { ...words, limit: together })).data;
      },
    })),
    combine: byOwner,
  });
}
