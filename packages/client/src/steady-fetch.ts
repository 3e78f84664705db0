export interface Steadiness {
  /** How often something is sent again that was not answered, or answered with "later". */
  readonly retries: number;
  /** Longest wait that the server may ask for, ms; longer is given back as the refusal that it is. */
  readonly longestWaitMs: number;
  readonly pause: (ms: number, signal?: AbortSignal | null) => Promise<void>;
}

const firstWaitMs = 500;

/**
 * A `fetch` that sends again what is safe to send again: what only reads, and whatever has an `Idempotency-Key`, which every POST is given.
 * It waits as long as the server says (`Retry-After`), or longer each time.
 */
export function steadyFetch(send: typeof fetch, { retries, longestWaitMs, pause }: Steadiness): typeof fetch {
  return async (input, init = {}) => {
    const headers = new Headers(init.headers);
    const method = init.method ?? "GET";
    if (method === "POST" && !headers.has("Idempotency-Key")) headers.set("Idempotency-Key", crypto.randomUUID());
    const safe = method === "GET" || headers.has("Idempotency-Key");
    for (let made = 0; ; made++) {
      const last = !safe || made >= retries;
      const usualMs = firstWaitMs * 2 ** made;
      try {
        const answer = await send(input, { ...init, headers });
        const wait = last ? null : waitAsked(answer, usualMs);
        if (wait === null || wait > longestWaitMs) return answer;
        await answer.body?.cancel();
        await pause(wait, init.signal);
      } catch (cause) {
        if (last || init.signal?.aborted) throw cause;
        await pause(usualMs, init.signal);
      }
    }
  };
}

/** How long to wait before it is sent again; null: this is the answer. */
function waitAsked(answer: Response, usualMs: number): number | null {
  const after = Number(answer.headers.get("Retry-After") ?? Number.NaN);
  if (answer.status === 429 || answer.status === 409) return Number.isFinite(after) ? after * 1_000 : null;
  if (answer.status === 502 || answer.status === 503 || answer.status === 504) {
    return Number.isFinite(after) ? after * 1_000 : usualMs;
  }
  return null;
}
