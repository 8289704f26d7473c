import { queryOptions } from "@tanstack/react-query";
import { client, data, done, page, type RowOf, type Schema, save } from "@/api";
import { problemOf } from "@/api/problem";
import { accessToken } from "@/api/session";

export type Run = Schema<"RunOut">;
export type RunRow = RowOf<"/api/v1/imports">;
export type Mapping = Schema<"MappingIn">;
export type Fault = RowOf<"/api/v1/imports/{run_id}/errors">;
export type Kind = Schema<"KindOut">;
export type KindColumn = Schema<"ColumnOut">;
export type Columns = Schema<"ColumnsMappingIn">;
export type SavedMapping = RowOf<"/api/v1/import-mappings">;

/** A change of one row, as a check and a result show it. */
export interface ShownChange {
  line: number;
  label: string;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
}

/** Rows of records by what becomes of them. */
export interface RecordTally {
  create: number;
  change: number;
  same: number;
  post: number;
  refuse: number;
  shown: ShownChange[];
}

export interface RecordSummary extends RecordTally {
  rows: number;
  refused: number;
  brought_before?: { at: string; by: string };
}

export interface KeptField {
  line: number;
  label: string;
  field: string;
  imported: unknown;
  now: unknown;
  why: string;
}

export interface RecordResult {
  tally: RecordTally;
  rows?: number;
  refused?: number;
  seconds?: number;
  undo?: { restored: number; removed: number; archived: number; kept: KeptField[] };
}

export const isSales = (run: { kind: string }) => run.kind === "sales";

/** What the file looks like, as the API found it. */
export interface Shape {
  kind: string;
  header: string[];
  sample: unknown[][];
  doubts: string[];
}

export interface Summary {
  lines: number;
  accepted: number;
  failed: number;
  kinds: Record<string, number>;
  invoices: number;
  skus: number;
  merged: Record<string, string[]>;
  charge_codes: Record<string, number>;
  duplicates: number;
  customers: number;
  without_customer: number;
  first_at: string | null;
  last_at: string | null;
}

export interface Tally {
  posted: Record<string, number>;
  unchanged: number;
  differing: number;
  failed: number;
  dropped: number;
  shortages: number;
  short_units: string;
  orders: number;
  opening: { units: string; skus: number; at: string | null };
  new_skus: number;
  new_customers: number;
  seconds: number;
}

/** While something runs the page asks again, in case a live update was lost on the way. */
const busy = new Set(["running", "undoing"]);
const again = 1_000;

/** Whether it works on; what was cut off says so as its problem. */
export const isBusy = (run: { status: string; problem: string | null }) =>
  busy.has(run.status) && run.problem === null;

export function runQuery(run_id: string) {
  return queryOptions({
    queryKey: ["imports", "one", run_id],
    queryFn: () => data(client.GET("/api/v1/imports/{run_id}", { params: { path: { run_id } } })),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? again : false),
  });
}

export function faultsQuery(run_id: string) {
  return queryOptions({
    queryKey: ["imports", "faults", run_id],
    queryFn: () => page("/api/v1/imports/{run_id}/errors", { limit: 100 }, { run_id }),
  });
}

export const kindsQuery = queryOptions({
  queryKey: ["import-kinds"],
  queryFn: () => data(client.GET("/api/v1/import-kinds")),
  staleTime: Number.POSITIVE_INFINITY,
});

export const mappingsQuery = queryOptions({
  queryKey: ["import-mappings"],
  queryFn: () => page("/api/v1/import-mappings", { limit: 100 }),
});

export function paste({ text, kind }: { text: string; kind: string }): Promise<Run> {
  return data(client.POST("/api/v1/imports/pasted", { body: { text, kind } }));
}

export function saveColumns(run_id: string, body: Columns): Promise<Run> {
  return data(client.PUT("/api/v1/imports/{run_id}/columns", { params: { path: { run_id } }, body }));
}

export function forgetMapping(mapping_id: string): Promise<void> {
  return done(client.DELETE("/api/v1/import-mappings/{mapping_id}", { params: { path: { mapping_id } } }));
}

export function upload({ file, kind }: { file: File; kind: string }): Promise<Run> {
  const form = new FormData();
  form.append("file", file);
  form.append("kind", kind);
  const body = form as unknown as never;
  return data(client.POST("/api/v1/imports", { body, bodySerializer: () => form }));
}

export function saveMapping(run_id: string, body: Mapping): Promise<Run> {
  return data(client.PUT("/api/v1/imports/{run_id}/mapping", { params: { path: { run_id } }, body }));
}

export type Verb = "check" | "commit" | "resume" | "undo";

export function ask(run_id: string, verb: Verb) {
  const params = { params: { path: { run_id } } };
  const calls = {
    check: () => client.POST("/api/v1/imports/{run_id}/check", params),
    commit: () => client.POST("/api/v1/imports/{run_id}/commit", params),
    resume: () => client.POST("/api/v1/imports/{run_id}/resume", params),
    undo: () => client.POST("/api/v1/imports/{run_id}/undo", params),
  };
  return data(calls[verb]());
}

/** Downloads what became of each line: a link cannot carry the token, so the file is fetched and handed over. */
export async function download(run: { id: string; file_name: string }): Promise<void> {
  await fetched(`/api/v1/imports/${run.id}/result`, `${bare(run.file_name)} result.csv`);
}

/** Downloads the refused rows with what is wrong and what to do. */
export async function downloadErrors(run: { id: string; file_name: string }): Promise<void> {
  await fetched(`/api/v1/imports/${run.id}/errors/file`, `${bare(run.file_name)} errors.csv`);
}

/** Downloads an empty file of a kind, with an example row. */
export async function downloadTemplate(kind: string): Promise<void> {
  await fetched(`/api/v1/import-kinds/${kind}/template`, `${kind} template.csv`);
}

const bare = (name: string) => name.replace(/\.[^.]*$/, "");

async function fetched(path: string, name: string): Promise<void> {
  const answer = await fetch(path, { headers: { authorization: `Bearer ${accessToken()}` } });
  if (!answer.ok) throw await problemOf(answer);
  save(await answer.blob(), name);
}
