import type { FlowEvent, RecordEffect } from "@cordboard/node-kit";
import type { CallDocument } from "./model.ts";
import type { Recorder } from "./recorder.ts";
import { recordingIdOf } from "./recording-id.ts";

/** A recording that got no further by so much between two interruptions did not get on. */
const GROWTH_MS = 200;
/** Interruptions in a row, without a sound between, after which a recording is given up. */
const FRUITLESS_TRIES = 3;
/** jambonz counts from before the first sample (jambonz 0.9.8, seen: f3, f12). */
const SHORT_OF_MAXIMUM_MS = 300;

/** The recording that the call makes now, if it does. */
export function recordingNow({ media }: Pick<CallDocument, "media">, entry: number): RecordEffect | null {
  return media?.effect.type === "record" && media.effect.entry === entry ? media.effect : null;
}

/**
 * What the end of a `listen` means, which its hook does not say: a key, the longest that was allowed, silence that the receiving side noticed,
 * or an interruption (a socket or a process was lost): then the caller goes on speaking, and it is listened for again.
 */
export class RecordingEnd {
  readonly #recorder: Recorder;
  #reachedMs = 0;
  #fruitless = 0;
  #interruptions = 0;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** How often it was to be listened again. */
  get interruptions(): number {
    return this.#interruptions;
  }

  /**
   * Whether a recording that was under way before the last interruption does not arrive any more, and nobody has seen to it (`interruptions`
   * as it was then). False for whatever else the caller is in.
   */
  async stopped({ _id, companyId, media }: CallDocument, interruptions: number): Promise<boolean> {
    if (media?.effect.type !== "record" || this.#interruptions !== interruptions) return false;
    return !(await this.#recorder.flowing({ companyId, recordingId: recordingIdOf(_id, media.effect.entry) }));
  }

  /** `again`: present the same effect once more. `forGood`: its time is over, whatever there is. */
  async of(
    { _id, companyId }: CallDocument,
    effect: RecordEffect,
    { key, forGood }: { readonly key: string | null; readonly forGood: boolean },
  ): Promise<FlowEvent | "again"> {
    const { entry, maxMs } = effect;
    const recordingId = recordingIdOf(_id, entry);
    const { durationMs, lastEnd } = await this.#recorder.ended({ companyId, recordingId });
    const done = (reason: "key" | "maximum" | "silence"): FlowEvent => ({
      type: "record.done",
      entry,
      recordingId,
      // A caller who presses the key at once has said nothing, which is not a recording that failed (0).
      durationMs: Math.max(1, durationMs),
      reason,
    });
    if (lastEnd === "failed") return { type: "play.failed", entry, reason: "notRecorded" };
    if (key !== null) return done("key");
    if (lastEnd === "silence") return done("silence");
    if (forGood || durationMs >= maxMs - SHORT_OF_MAXIMUM_MS) return done("maximum");
    this.#fruitless = durationMs < this.#reachedMs + GROWTH_MS ? this.#fruitless + 1 : 0;
    this.#reachedMs = durationMs;
    this.#interruptions += 1;
    return this.#fruitless < FRUITLESS_TRIES ? "again" : { type: "play.failed", entry, reason: "notRecorded" };
  }
}
