import createClient, { type Middleware } from "openapi-fetch";
import { uuidv7 } from "@/lib/ids";
import { ApiProblem } from "./problem";
import type { paths } from "./schema.gen";
import { accessToken, renew } from "./session";

const tries = 3;
const pause = 400;

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

/** A request that never arrived is repeated: reads change nothing, and writes carry their own id. */
async function persist(request: Request, left = tries): Promise<Response> {
  try {
    return await send(request.clone());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if (left === 1) throw unreachable();
    await new Promise((resolve) => setTimeout(resolve, pause));
    return persist(request, left - 1);
  }
}

function unreachable(): ApiProblem {
  return new ApiProblem(0, {
    code: "web.unreachable",
    detail: "The server cannot be reached. Is it running?",
  });
}

/** Each POST says its own id, so that repeating it cannot do the deed twice. */
const identified: Middleware = {
  onRequest({ request }) {
    if (request.method === "POST" && !request.headers.has("idempotency-key")) {
      request.headers.set("idempotency-key", uuidv7());
    }
    return request;
  },
};

/** The API as its contract says: `client.GET("/api/v1/products/{key}", { params: … })`. */
export const client = createClient<paths>({
  baseUrl: globalThis.location?.origin,
  fetch: (request) => persist(request),
});
client.use(identified);

interface Answer<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** The whole body of an answer. Throws ApiProblem, whose message is the sentence to show. */
export async function body<Body>(call: Promise<Answer<Body>>): Promise<Body> {
  const { data, error, response } = await call;
  if (!response.ok) throw new ApiProblem(response.status, error ?? {});
  return data as Body;
}

/** What an answer holds under `data`. Throws ApiProblem, as `body` does. */
export async function data<T>(call: Promise<Answer<{ data: T }>>): Promise<T> {
  return (await body(call)).data;
}

/** For deeds that answer with nothing. Throws ApiProblem, as `body` does. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  await body(call);
}

/** What an answer holds, with the mark of its version: send it back as If-Match to change just that version. */
export async function tagged<T>(
  call: Promise<Answer<{ data: T }>>,
): Promise<{ data: T; tag: string | null }> {
  const answer = await call;
  return { data: await data(Promise.resolve(answer)), tag: answer.response.headers.get("etag") };
}

/** The header that refuses a change of what someone else changed meanwhile. */
export function ifMatch(tag: string | null | undefined): { headers?: Record<string, string> } {
  return tag ? { headers: { "if-match": tag } } : {};
}
