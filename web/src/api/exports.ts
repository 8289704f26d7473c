import { body, client, data } from "./client";
import { isEnded, jobPause } from "./jobs";
import { type Words, written } from "./lists";
import { ApiProblem } from "./problem";

/** Lists that can be had as files, by the last word of their path. */
const exported = new Set([
  "api-keys",
  "audit",
  "categories",
  "customers",
  "forecasts",
  "inventory",
  "movements",
  "orders",
  "products",
  "reservations",
  "sellers",
  "shortages",
  "stock-levels",
  "supplier-items",
  "suppliers",
  "transfers",
  "users",
  "warehouses",
]);

export type FileKind = "csv" | "xlsx" | "parquet" | "ndjson";

/** The name under which a list is exported; none of one that is not. */
export function exportName(path: string): string | undefined {
  const name = path.split("/").at(-1) ?? "";
  return !path.includes("{") && exported.has(name) ? name : undefined;
}

type BlobCall = (
  path: string,
  options: { params: object; querySerializer: () => string; parseAs: "blob" },
) => Promise<{ data?: Blob; error?: unknown; response: Response }>;

const fetched = (path: string, params: object, words: Words = {}): Promise<Blob> => {
  const get = client.GET as unknown as BlobCall;
  return body(
    get(path, { params: { path: params }, querySerializer: () => written(words), parseAs: "blob" }),
  );
};

/** Saves all rows of a list as a file: a link cannot carry the token, so it is fetched and handed over. */
export async function exportList(name: string, kind: FileKind, words: Words): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  save(await fileOf(name, kind, words), `${name} ${day}.${kind}`);
}

function fileOf(name: string, kind: FileKind, words: Words): Promise<Blob> {
  if (kind === "csv")
    return fetched("/api/v1/exports/{name}", { name }, { ...words, format: kind, bom: "true" });
  if (kind === "ndjson") return fetched("/api/v1/exports/{name}", { name }, { ...words, format: kind });
  return writtenLater(name, kind, words);
}

async function writtenLater(name: string, format: FileKind, words: Words): Promise<Blob> {
  const params = { path: { name } };
  const asked = client.POST("/api/v1/exports/{name}", { params, body: { format, query: written(words) } });
  const { job_id } = await data(asked);
  const look = () => data(client.GET("/api/v1/jobs/{job_id}", { params: { path: { job_id } } }));
  let job = await look();
  while (!isEnded(job)) {
    await new Promise((resolve) => setTimeout(resolve, jobPause));
    job = await look();
  }
  if (job.status === "failed") throw new ApiProblem(500, { detail: messageOf(job.errors) });
  return fetched("/api/v1/exports/files/{job_id}", { job_id });
}

function messageOf(errors: unknown[] | null): string {
  return (errors?.[0] as { message?: string } | undefined)?.message ?? "";
}

/** Hands a file over to be saved. */
export function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
