import type { AnyEvent, EventType } from "@cordboard/api";
import { CordboardError } from "./cordboard-error.ts";
import { type Frame, readFrames } from "./read-frames.ts";
import { readProblem } from "./read-problem.ts";

export interface EventsAsked {
  /** Absent: every one that the key may be told of. */
  readonly types?: readonly EventType[];
  /** The number of the last event that was seen (`position` of what was given); absent: what happens from now on. */
  readonly after?: string;
  readonly signal?: AbortSignal;
  /** Events were missed, because one was away for longer than they are kept. */
  readonly onGap?: (gap: { readonly from: number; readonly to: number }) => void;
}

/** An event, and where the stream was with it: kept, it is where one goes on the next time. */
export interface FollowedEvent {
  readonly event: AnyEvent;
  readonly position: string;
}

interface Reach {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly pause: (ms: number, signal?: AbortSignal | null) => Promise<void>;
}

const longestPauseMs = 30_000;

/**
 * Events as they happen, each at least once and those of one subject in order. A connection that is lost is made again, going on where it was;
 * a refusal (a key that was revoked) ends it as `CordboardError`.
 */
export async function* followEvents(reach: Reach, asked: EventsAsked): AsyncGenerator<FollowedEvent> {
  const { types, signal, onGap } = asked;
  let position = asked.after;
  let pauseMs = 500;
  let toldPauseMs = 500;
  while (!signal?.aborted) {
    try {
      const query = types ? `?types=${types.join(",")}` : "";
      const answer = await reach.fetch(`${reach.url}/api/events${query}`, {
        headers: {
          ...reach.headers,
          Accept: "text/event-stream",
          ...(position !== undefined && { "Last-Event-ID": position }),
        },
        ...(signal && { signal }),
      });
      if (!answer.ok || !answer.body) {
        const problem = await readProblem(answer);
        if (answer.status < 500 && answer.status !== 429) throw new CordboardError(problem);
        throw new Error(problem.message);
      }
      for await (const frame of readFrames(answer.body)) {
        pauseMs = toldPauseMs;
        if (frame.retryMs !== null) toldPauseMs = frame.retryMs;
        if (frame.id !== null) position = frame.id;
        if (frame.event === "gap") onGap?.(JSON.parse(frame.data));
        else if (frame.data !== "" && position !== undefined) yield { event: eventOf(frame), position };
      }
    } catch (cause) {
      if (signal?.aborted) return;
      if (cause instanceof CordboardError) throw cause;
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
    await reach.pause(pauseMs, signal);
  }
}

const eventOf = (frame: Frame): AnyEvent => JSON.parse(frame.data);
