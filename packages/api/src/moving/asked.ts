import type { ApiProblem, ApiResult } from "../client.ts";

/** A refusal on the way through several requests; only inside this folder. */
class Refused extends Error {
  readonly problem: ApiProblem;
  constructor(problem: ApiProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The value of an answer; a refusal ends what `answered` runs. */
export function demanded<Value>(answer: ApiResult<Value>): Value {
  if (answer.ok) return answer.value;
  throw new Refused(answer.error);
}

/** As `demanded`; what is not there, or not for this account, is null. */
export function wanted<Value>(answer: ApiResult<Value>): Value | null {
  if (answer.ok) return answer.value;
  if (answer.error.status === 404 || answer.error.status === 403) return null;
  throw new Refused(answer.error);
}

/** Runs several requests of which one may be refused: the first refusal is the answer. */
export async function answered<Value>(run: () => Promise<Value>): Promise<ApiResult<Value>> {
  try {
    return { ok: true, value: await run() };
  } catch (cause) {
    if (cause instanceof Refused) return { ok: false, error: cause.problem };
    throw cause;
  }
}
