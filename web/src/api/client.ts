import { uuidv7 } from "@/lib/ids";
import { ApiProblem, problemOf } from "./problem";
import { accessToken, renew } from "./session";

export interface Page<Row> {
  data: Row[];
  meta: {
    limit?: number | null;
    next_cursor?: string | null;
    total?: number | null;
    total_is_estimate?: boolean | null;
  };
}

type Query = Record<string, string | number | boolean | undefined>;

const base = "/api/v1";
const tries = 3;

function address(path: string, query: Query = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") words.set(name, String(value));
  }
  const text = words.toString();
  return base + path + (text ? `?${text}` : "");
}

function authorized(request: Request): Request {
  const token = accessToken();
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  return request;
}

/** Sends once; when the access token has run out, renews it and sends again. */
async function send(request: Request): Promise<Response> {
  const spare = request.clone();
  const answer = await fetch(authorized(request));
  if (answer.status === 401 && (await renew())) return fetch(authorized(spare));
  return answer;
}

/** A request that never arrived may be repeated: reads change nothing, and writes carry their own id. */
async function persist(make: () => Request): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(make());
    } catch (error) {
      if (attempt === tries || !(error instanceof TypeError)) throw unreachable(error);
      await new Promise((resolve) => setTimeout(resolve, 250 * attempt));
    }
  }
}

function unreachable(error: unknown): unknown {
  if (!(error instanceof TypeError)) return error;
  return new ApiProblem(0, {
    code: "web.unreachable",
    detail: "The server cannot be reached. Is it running?",
  });
}

interface Options {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
}

async function call(
  method: string,
  path: string,
  { query, body, headers = {} }: Options = {},
): Promise<Response> {
  const isForm = body instanceof FormData;
  const fixed: Record<string, string> = { ...headers };
  if (body !== undefined && !isForm) fixed["content-type"] = "application/json";
  if (method === "POST") fixed["idempotency-key"] ??= uuidv7();
  const content = isForm || body === undefined ? (body as FormData | undefined) : JSON.stringify(body);
  const answer = await persist(
    () => new Request(address(path, query), { method, headers: fixed, body: content }),
  );
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function data<T>(answer: Promise<Response>): Promise<T> {
  const found = await answer;
  if (found.status === 204) return undefined as T;
  return ((await found.json()) as { data: T }).data;
}

/** The API in verbs. Every refusal is thrown as an ApiProblem whose message is the sentence to show. */
export const api = {
  get: <T>(path: string, query?: Query) => data<T>(call("GET", path, { query })),
  page: async <Row>(path: string, query?: Query): Promise<Page<Row>> =>
    (await (await call("GET", path, { query })).json()) as Page<Row>,
  post: <T>(path: string, body?: unknown, query?: Query) => data<T>(call("POST", path, { body, query })),
  put: <T>(path: string, body: unknown) => data<T>(call("PUT", path, { body })),
  patch: <T>(path: string, body: unknown) => data<T>(call("PATCH", path, { body })),
  remove: (path: string) => data<void>(call("DELETE", path)),
};
