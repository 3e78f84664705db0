import {
  type AnyEvent,
  type ApiClient,
  createClient,
  type ExportedAnswers,
  type ExportedCall,
  type ExportedCallback,
  type ExportedCallbackAttempt,
  type ExportedMessage,
  type ExportedNote,
  type ExportedOffer,
  type ExportedShiftTime,
  type InputOf,
  type OutputOf,
  type RouteId,
  type Routes,
} from "@cordboard/api";
import { CordboardError } from "./cordboard-error.ts";
import { type EventsAsked, type FollowedEvent, followEvents } from "./follow-events.ts";
import { readLines } from "./read-lines.ts";
import { readProblem } from "./read-problem.ts";
import { type Steadiness, steadyFetch } from "./steady-fetch.ts";

export { CordboardError } from "./cordboard-error.ts";

export interface CordboardOptions extends Partial<Steadiness> {
  /** Of the server, such as `https://calls.example.com`. */
  readonly url: string;
  /** Of an API key. */
  readonly token: string;
  /** Of the sentences for people. */
  readonly language?: "fr" | "en";
  readonly fetch?: typeof fetch;
}

/** The routes that list by pages. */
type PagedId = {
  [Id in RouteId]: OutputOf<Routes[Id]> extends { readonly items: readonly unknown[]; readonly next: string | null }
    ? Id
    : never;
}[RouteId];
type Item<Id extends PagedId> = OutputOf<Routes[Id]> extends { readonly items: readonly (infer Each)[] } ? Each : never;

/** Rows of an export, by what is exported. */
interface ExportedRows {
  readonly calls: ExportedCall;
  readonly offers: ExportedOffer;
  readonly "shift-times": ExportedShiftTime;
  readonly callbacks: ExportedCallback;
  readonly "callback-attempts": ExportedCallbackAttempt;
  readonly messages: ExportedMessage;
  readonly notes: ExportedNote;
  readonly answers: ExportedAnswers;
}

export interface ExportAsked {
  /** ISO 8601, or a Date. */
  readonly from: string | Date;
  readonly to?: string | Date;
  /** `cursor` of the last row that was kept. */
  readonly cursor?: string;
  readonly signal?: AbortSignal;
}

export interface Cordboard extends ApiClient {
  /** Every item of a list that comes in pages, page after page. Throws `CordboardError`. */
  items<Id extends PagedId>(id: Id, input?: InputOf<Routes[Id]>): AsyncGenerator<Item<Id>>;
  /** What happens, as it happens, each at least once; goes on by itself after a lost connection. */
  events(asked?: EventsAsked): AsyncGenerator<FollowedEvent>;
  /** Rows for reporting, oldest first, as far as everything is known. */
  export<Kind extends keyof ExportedRows>(kind: Kind, asked: ExportAsked): AsyncGenerator<ExportedRows[Kind]>;
}

export type { AnyEvent };

/** Cordboard for a program that has an API key. Refusals of `call` are values; loops throw `CordboardError`. */
export function createCordboard(options: CordboardOptions): Cordboard {
  const { token, language = "en", retries = 3, longestWaitMs = 60_000, pause = pauseFor } = options;
  const url = options.url.replace(/\/+$/, "");
  const plain: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  const steady = steadyFetch(plain, { retries, longestWaitMs, pause });
  const headers = { Authorization: `Bearer ${token}`, "Accept-Language": language };
  const client = createClient({ baseUrl: url, fetch: steady, language, token });

  return {
    call: client.call,
    async *items(id, input) {
      const { query, ...rest } = (input ?? {}) as { readonly query?: object };
      const call = client.call as (id: RouteId, input: object) => ReturnType<ApiClient["call"]>;
      for (let before: string | null | undefined; before !== null; ) {
        const answer = await call(id, { ...rest, query: { ...query, ...(before !== undefined && { before }) } });
        if (!answer.ok) throw new CordboardError(answer.error);
        const page = answer.value as unknown as {
          readonly items: readonly Item<typeof id>[];
          readonly next: string | null;
        };
        yield* page.items;
        before = page.next;
      }
    },
    events: (asked = {}) => followEvents({ url, headers, fetch: plain, pause }, asked),
    async *export(kind, { from, to, cursor, signal }) {
      const query = new URLSearchParams({ format: "ndjson", from: isoOf(from) });
      if (to !== undefined) query.set("to", isoOf(to));
      let seen = cursor;
      for (let made = 0; ; made++) {
        if (seen !== undefined) query.set("cursor", seen);
        const answer = await steady(`${url}/api/exports/${kind}?${query}`, { headers, ...(signal && { signal }) });
        if (!answer.ok || !answer.body) throw new CordboardError(await readProblem(answer));
        try {
          for await (const line of readLines(answer.body)) {
            const row: ExportedRows[typeof kind] = JSON.parse(line);
            seen = row.cursor;
            made = 0;
            yield row;
          }
          return;
        } catch (cause) {
          // Cut off in the middle: it goes on after the last row that came.
          if (signal?.aborted || made >= retries) throw cause;
          await pause(500 * 2 ** made, signal);
        }
      }
    },
  };
}

const isoOf = (time: string | Date): string => (typeof time === "string" ? time : time.toISOString());

function pauseFor(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve) => {
    const over = setTimeout(resolve, ms);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(over);
        resolve();
      },
      { once: true },
    );
  });
}
