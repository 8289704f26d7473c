import { ApiProblem, isPassing, problemOf } from "./problem";

/** Who is signed in, as this page knows it: the access token lives in memory only; the cookie renews it. */
let token: string | undefined;
let leftByChoice = false;
let renewing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();

function change(next: string | undefined): void {
  token = next;
  for (const listener of listeners) listener();
}

/** Whether the last session was ended by its user, and not by time or by being revoked. */
export const wasLeftByChoice = (): boolean => leftByChoice;

export const accessToken = (): string | undefined => token;

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

interface TokenAnswer {
  data: { access_token: string };
}

async function enter(path: string, body?: object): Promise<void> {
  const answer = await fetch(`/api/v1/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw await problemOf(answer);
  leftByChoice = false;
  change(((await answer.json()) as TokenAnswer).data.access_token);
}

/** Tabs share one cookie that changes at every use: the lock keeps two from using the same one. */
async function renewAlone(): Promise<boolean> {
  try {
    await navigator.locks.request("onhand.refresh", () => enter("refresh"));
    return true;
  } catch (error) {
    // A server that is down has ended nobody's session: only its own refusal does.
    if (!(error instanceof ApiProblem) || isPassing(error)) throw error;
    change(undefined);
    return false;
  } finally {
    renewing = undefined;
  }
}

/**
 * Asks for a new access token; many callers at once share one request. False: sign in again. Throws when the server
 * cannot be asked.
 */
export function renew(): Promise<boolean> {
  renewing ??= renewAlone();
  return renewing;
}

export function signIn(email: string, password: string): Promise<void> {
  return enter("login", { email, password });
}

export interface FirstRun {
  organization_name: string;
  organization_code: string;
  currency: string;
  time_zone: string;
  name: string;
  email: string;
  password: string;
}

export function setUp(first: FirstRun): Promise<void> {
  return enter("first-run", first);
}

export async function signOut(): Promise<void> {
  leftByChoice = true;
  await fetch("/api/v1/auth/logout", { method: "POST" }).catch(() => undefined);
  change(undefined);
}

/** Whether onhand still waits for its first user. */
export async function isFirstRun(): Promise<boolean> {
  const answer = await fetch("/api/v1/auth/first-run");
  if (!answer.ok) return false;
  return ((await answer.json()) as { data: { first_run: boolean } }).data.first_run;
}
