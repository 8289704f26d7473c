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

  constructor(status: number, told: unknown) {
    const body: ProblemBody = told && typeof told === "object" ? told : {};
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.name = "ApiProblem";
    this.status = status;
    this.code = body.code ?? "";
    this.facts = body.facts ?? {};
    this.fields = Object.fromEntries((body.errors ?? []).map((error) => [error.pointer, error.message]));
    this.requestId = body.request_id;
  }
}

/** Reads the problem out of a bare answer; one that is none of ours still becomes a sentence. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  return new ApiProblem(answer.status, await answer.json().catch(() => ({})));
}

/** True when trying again may help: the server was overwhelmed or broke down. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof ApiProblem) || error.status >= 500 || error.status === 429;
}
