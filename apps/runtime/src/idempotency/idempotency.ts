import { createHash } from "node:crypto";
import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import type { Sealer } from "../sealing/index.ts";

/** How long an answer is kept for whoever asks again. */
const answersKeptMs = 24 * 3_600_000;

/** A request that is still at work after so long was cut off: nobody knows what it did. */
const longestWorkMs = 60_000;

interface AnswerDocument {
  /** The hash of who asks and the key they chose. */
  readonly _id: string;
  readonly companyId: string;
  /** The hash of what is asked: method, address, body. */
  readonly fingerprint: string;
  readonly startedAt: number;
  /** Sealed: an answer may show a password. Null while the work goes on. */
  readonly answer: string | null;
  /** It failed half-way, or its process died: what it did is not known. */
  readonly unknown?: true;
  readonly expiresAt: Date;
}

export interface KeptAnswer {
  readonly status: number;
  /** Undefined: none. */
  readonly body?: unknown;
}

/** A request under a key: either its answer is there already, or the work may begin, and its end is told. */
export type KeyedRequest =
  | { readonly kind: "answered"; readonly answer: KeptAnswer }
  | {
      readonly kind: "first";
      readonly done: (answer: KeptAnswer) => Promise<void>;
      /** Nothing was done: the key may be used again. */
      readonly refused: () => Promise<void>;
      /** Something may have been done. */
      readonly failed: () => Promise<void>;
    };

/** An answer that is kept. */
export interface HeldAnswer {
  readonly key: string;
  readonly startedAt: number;
  readonly answer: KeptAnswer;
}

export interface Idempotency {
  /** The answers that are kept and hold what fits: for the person whom they are about. */
  mentioning(companyId: string, fits: (answer: string) => boolean): Promise<HeldAnswer[]>;
  /** Takes answers away. Who asks again is told that it is not known what the first request did, and nothing is done twice. */
  forget(companyId: string, held: readonly HeldAnswer[]): Promise<void>;
  /** Throws `idempotencyKeyReused`, `idempotencyKeyBusy`, `idempotencyUnknown`. */
  begin(asked: { companyId: string; who: string; key: string; what: string }): Promise<KeyedRequest>;
}

/**
 * Requests that are safe to send again: one that comes under the same key gets the answer of the first, and nothing is done twice, in
 * whichever process it arrives. The key is taken before the work begins; what a crash left between is answered as unknown, never repeated.
 */
export function createIdempotency(given: {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly sealer: Sealer;
}): Idempotency {
  const { clock, sealer } = given;
  const answers = answerCollection(given.connection);
  return {
    async mentioning(companyId, fits) {
      const held: HeldAnswer[] = [];
      for (const { _id: key, startedAt, answer } of await answers.find({ companyId }).toArray()) {
        const text = answer === null ? null : sealer.open(answer);
        if (text !== null && fits(text)) held.push({ key, startedAt, answer: JSON.parse(text) });
      }
      return held;
    },
    async forget(companyId, held) {
      const ids = held.map(({ key }) => key);
      if (ids.length > 0) {
        await answers.updateMany({ _id: { $in: ids }, companyId }, { $set: { answer: null, unknown: true } });
      }
    },
    async begin({ companyId, who, key, what }) {
      const _id = hash([companyId, who, key]);
      const fingerprint = hash([what]);
      const startedAt = clock.now();
      const expiresAt = new Date(startedAt + answersKeptMs);
      // The store cleans up by its own clock, once a minute: what is over by ours is over.
      await answers.deleteOne({ _id, expiresAt: { $lte: new Date(startedAt) } });
      try {
        await answers.insertOne({ _id, companyId, fingerprint, startedAt, answer: null, expiresAt });
      } catch (cause) {
        if (!isDuplicate(cause)) throw cause;
        const found = await answers.findOne({ _id });
        if (!found) throw new UserError("idempotencyKeyBusy", { retryAfterSeconds: 1 });
        if (found.fingerprint !== fingerprint) throw new UserError("idempotencyKeyReused");
        if (found.answer !== null) return { kind: "answered", answer: JSON.parse(sealer.open(found.answer)) };
        if (found.unknown || startedAt - found.startedAt > longestWorkMs) throw new UserError("idempotencyUnknown");
        throw new UserError("idempotencyKeyBusy", { retryAfterSeconds: 1 });
      }
      return {
        kind: "first",
        async done(answer) {
          await answers.updateOne({ _id }, { $set: { answer: sealer.seal(JSON.stringify(answer)) } });
        },
        async refused() {
          await answers.deleteOne({ _id });
        },
        async failed() {
          await answers.updateOne({ _id }, { $set: { unknown: true } });
        },
      };
    },
  };
}

const answerCollection = (connection: Connection) => connection.collection<AnswerDocument>("keptAnswers");

/** Creates the indexes; safe to call at each start. */
export async function prepareIdempotency(connection: Connection): Promise<void> {
  await answerCollection(connection).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
