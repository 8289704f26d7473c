import type { WithFields } from "@/lib/fieldErrors";

interface ProblemBody {
  title?: string;
  detail?: string;
  code?: string;
  request_id?: string;
  facts?: Record<string, unknown>;
  errors?: { pointer: string; message: string }[];
}

/** A refusal of the API: its message is the sentence to show, `code` is what programs compare. */
export class ApiProblem extends Error implements WithFields {
  readonly status: number;
  readonly code: string;
  readonly facts: Record<string, unknown>;
  readonly fields: Record<string, string>;
  readonly requestId: string | undefined;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.name = "ApiProblem";
    this.status = status;
    this.code = body.code ?? "";
    this.facts = body.facts ?? {};
    this.fields = Object.fromEntries((body.errors ?? []).map((error) => [error.pointer, error.message]));
    this.requestId = body.request_id;
  }
}

/** Reads the problem out of an answer; an answer that is none of ours still becomes a sentence. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const body: unknown = await answer.json().catch(() => ({}));
  return new ApiProblem(answer.status, (body ?? {}) as ProblemBody);
}

/** True when trying again may help: the server was not reached or was overwhelmed. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof ApiProblem) || error.status >= 500 || error.status === 429;
}
