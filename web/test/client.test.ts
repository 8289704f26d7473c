// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem, client, data } from "@/api";
import { accessToken, renew, signOut } from "@/api/session";

type Answers = (request: Request) => Response | Promise<Response>;

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

let seen: Request[] = [];

function serve(answers: Answers) {
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.origin), init);
    seen.push(request.clone());
    return answers(request);
  });
}

const path = (request: Request) => new URL(request.url).pathname;

describe("the client", () => {
  beforeEach(() => {
    seen = [];
    vi.stubGlobal("navigator", { locks: { request: (_: string, run: () => unknown) => run() } });
  });
  afterEach(async () => {
    serve(() => new Response(null, { status: 204 }));
    await signOut();
    vi.unstubAllGlobals();
  });

  it("throws a refusal as its sentence with code, facts and fields", async () => {
    serve(() =>
      json(409, {
        detail: "Only 1 of A-1 is available.",
        code: "ledger.not_enough_stock",
        facts: { available: "1" },
        errors: [{ pointer: "/lines/0/quantity", message: "Too many." }],
      }),
    );
    const problem = await data(client.GET("/api/v1/me")).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({
      message: "Only 1 of A-1 is available.",
      status: 409,
      code: "ledger.not_enough_stock",
      facts: { available: "1" },
      fields: { "/lines/0/quantity": "Too many." },
    });
  });

  it("renews the access token once and repeats what was refused", async () => {
    let tries = 0;
    serve((request) => {
      if (path(request) === "/api/v1/auth/refresh") return json(200, { data: { access_token: "fresh" } });
      tries += 1;
      return tries === 1 ? json(401, { detail: "Sign in first." }) : json(200, { data: { label: "Ada" } });
    });
    const me = await data(client.GET("/api/v1/me"));
    expect(me).toEqual({ label: "Ada" });
    expect(seen.at(-1)?.headers.get("authorization")).toBe("Bearer fresh");
  });

  it("keeps the session while the server is down", async () => {
    serve(() => json(200, { data: { access_token: "still good" } }));
    await renew();
    serve(() => {
      throw new TypeError("network");
    });
    await expect(renew()).rejects.toThrow("network");
    serve(() => json(503, { detail: "Starting." }));
    await expect(renew()).rejects.toThrow("Starting.");
    expect(accessToken()).toBe("still good");
    serve(() => json(401, { detail: "Sign in first." }));
    expect(await renew()).toBe(false);
    expect(accessToken()).toBeUndefined();
  });

  it("gives up when the session has ended", async () => {
    serve(() => json(401, { detail: "Sign in first." }));
    await expect(data(client.GET("/api/v1/me"))).rejects.toThrow("Sign in first.");
    expect(seen).toHaveLength(2);
  });

  it("repeats a write that never arrived under the same key", async () => {
    let tries = 0;
    serve(() => {
      tries += 1;
      if (tries === 1) throw new TypeError("network");
      return json(201, { data: { id: "1" } });
    });
    await data(client.POST("/api/v1/categories", { body: { name: "Mugs" } }));
    const keys = seen.map((request) => request.headers.get("idempotency-key"));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});
