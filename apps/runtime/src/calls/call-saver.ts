import type { UpdateFilter } from "mongodb";
import type { Clock } from "../ports/index.ts";
import { unfinishedOffer } from "./last-word.ts";
import type { CallDocument } from "./model.ts";
import type { SecretBox } from "./secret-box.ts";
import type { StepWriter, WriteResult } from "./step-writer.ts";

/** How long changes that no step waits for (evidence, confirmed items) may stay in memory; the next step takes them along. */
const SOON_MS = 150;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;

/**
 * Writes one call, step by step, as the difference to what was written last. A store that does not answer is asked again until it does:
 * a step that was taken is never dropped, and the same step written twice is recognised by its `rev` (see StepWriter).
 */
export class CallSaver {
  readonly #writer: StepWriter;
  readonly #clock: Clock;
  readonly #secrets: SecretBox;
  #saved: CallDocument | null = null;
  #cancelSoon: (() => void) | null = null;

  constructor(writer: StepWriter, clock: Clock, secrets: SecretBox) {
    this.#writer = writer;
    this.#clock = clock;
    this.#secrets = secrets;
  }

  /** Says what the store holds already (a call that was loaded, or inserted elsewhere). */
  startFrom(saved: CallDocument): void {
    this.#saved = saved;
  }

  /** Whether the store has all of it. */
  clean(call: CallDocument): boolean {
    return this.#saved !== null && !changes(this.#saved, call);
  }

  /** Resolves once durable; `abandoned` is asked between attempts. */
  async save(call: CallDocument, abandoned: () => boolean = () => false): Promise<WriteResult> {
    this.stop();
    let wait = FIRST_RETRY_MS;
    for (;;) {
      try {
        const result = await this.#write(call);
        if (result === "written") this.#saved = call;
        return result;
      } catch (error) {
        if (abandoned()) throw error;
        await this.#pause(wait);
        wait = Math.min(LONGEST_RETRY_MS, wait * 2);
      }
    }
  }

  #write(call: CallDocument): Promise<WriteResult> {
    const unsettled = isUnsettled(call);
    const snapshot = call.snapshot && this.#secrets.seal(call.snapshot);
    const sealed = () => ({ outbox: this.#secrets.sealItems(call.outbox) });
    if (!this.#saved) return this.#writer.insert({ ...call, snapshot, ...sealed(), unsettled });
    const update = changes(this.#saved, call) ?? {};
    const stepped = call.snapshot !== this.#saved.snapshot && { snapshot };
    const owed = call.outbox !== this.#saved.outbox && sealed();
    // Indexed, so only said when it changes: an update that touches no index is much cheaper.
    const settling = unsettled !== isUnsettled(this.#saved) && { unsettled };
    return this.#writer.update(call._id, this.#saved, call, {
      ...update,
      $set: { ...update.$set, ...stepped, ...owed, rev: call.rev, ...settling },
    } as UpdateFilter<CallDocument>);
  }

  /** Calls `flush` within SOON_MS, unless a save comes first. */
  soon(flush: () => void): void {
    this.#cancelSoon ??= this.#clock.at(this.#clock.now() + SOON_MS, () => {
      this.#cancelSoon = null;
      flush();
    });
  }

  stop(): void {
    this.#cancelSoon?.();
    this.#cancelSoon = null;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.at(this.#clock.now() + ms, resolve);
    });
  }
}

/** Whether something is still to be done for the call: it lives, owes the call centre news, or may come to owe it. */
function isUnsettled(call: CallDocument): boolean {
  return call.status === "live" || call.outbox.length > 0 || unfinishedOffer(call) !== null;
}

/** The fields that differ by identity, as an update; trace lines that were only added are pushed. `null` when nothing differs. */
export function changes(before: CallDocument, after: CallDocument): UpdateFilter<CallDocument> | null {
  const set: Record<string, unknown> = {};
  let push: readonly unknown[] = [];
  for (const key of Object.keys(after) as (keyof CallDocument)[]) {
    if (key === "_id" || before[key] === after[key]) continue;
    if (key === "traceTail") {
      const added = after.traceTail.slice(before.traceTail.length);
      const onlyAdded = before.traceTail.every((line, index) => after.traceTail[index]?.seq === line.seq);
      if (onlyAdded) {
        push = added;
        continue;
      }
    }
    set[key] = after[key];
  }
  if (Object.keys(set).length === 0 && push.length === 0) return null;
  return {
    ...(Object.keys(set).length > 0 && { $set: set }),
    ...(push.length > 0 && { $push: { traceTail: { $each: push } } }),
  } as UpdateFilter<CallDocument>;
}
