import { Int32 } from "bson";
import { type Doc, isDoc } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import type { Write } from "./group-commit.ts";
import { toSafeInteger, wholeNumber } from "./numbers.ts";
import type { Request } from "./request.ts";
import type { Store } from "./store.ts";

/** What one statement of a write command did. */
export interface StatementResult {
  readonly n: number;
  readonly nModified?: number;
  /** The `_id` of the document that an upsert made. */
  readonly upsertedId?: { readonly value: unknown };
}

/** After so many statements a batch lets the group be committed and other writes have their turn. */
const STATEMENTS_PER_COMMIT = 256;

interface Progress {
  next: number;
  n: number;
  nModified: number;
  upserted: Doc[];
  writeErrors: Doc[];
}

/**
 * The statements of an insert, update or delete command, in order; an ordered batch ends at its first error.
 *
 * How far it has come is stored with each commit, so a retry after a crash goes on instead of doing a statement twice.
 */
export function* writeBatch(
  request: Request,
  store: Store,
  count: number,
  statement: (index: number) => Write<StatementResult>,
): Write<Progress> {
  const key = request.retryKey;
  const ordered = request.flag("ordered", true);
  const known = key && store.retries.find(key);
  const progress = known ? restored(known) : { next: 0, n: 0, nModified: 0, upserted: [], writeErrors: [] };
  const save = () => key && store.retries.save(key, { ...progress });
  for (let since = 1; progress.next < count; since += 1) {
    const running = steps(statement, progress);
    let step = running.next();
    while (!step.done) {
      save();
      yield;
      step = running.next();
    }
    progress.next = step.value || !ordered ? progress.next + 1 : count;
    if (since % STATEMENTS_PER_COMMIT === 0 && progress.next < count) {
      save();
      yield;
    }
  }
  save();
  return progress;
}

/** Runs one statement and books its result; true when it went well. Only MongoDB's own refusals are booked, other faults end the command. */
function* steps(statement: (index: number) => Write<StatementResult>, progress: Progress): Write<boolean> {
  const index = progress.next;
  try {
    const result = yield* statement(index);
    progress.n += result.n;
    progress.nModified += result.nModified ?? 0;
    if (result.upsertedId) progress.upserted.push({ index: new Int32(index), _id: result.upsertedId.value });
    return true;
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
    progress.writeErrors.push({
      index: new Int32(index),
      code: new Int32(error.code),
      errmsg: error.message,
      ...error.details,
    });
    return false;
  }
}

function restored(state: Doc): Progress {
  const docs = (value: unknown) => (Array.isArray(value) ? value.filter(isDoc) : []);
  return {
    next: toSafeInteger(state.next) ?? 0,
    n: toSafeInteger(state.n) ?? 0,
    nModified: toSafeInteger(state.nModified) ?? 0,
    upserted: docs(state.upserted),
    writeErrors: docs(state.writeErrors),
  };
}

export function batchReply(progress: Progress, kind: "insert" | "update" | "delete"): Doc {
  return {
    n: wholeNumber(progress.n),
    ...(kind === "update" && { nModified: wholeNumber(progress.nModified) }),
    ...(progress.upserted.length > 0 && { upserted: progress.upserted }),
    ...(progress.writeErrors.length > 0 && { writeErrors: progress.writeErrors }),
    ok: 1,
  };
}
