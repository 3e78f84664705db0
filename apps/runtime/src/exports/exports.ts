import {
  ExportedAnswers,
  ExportedCall,
  ExportedCallback,
  ExportedCallbackAttempt,
  ExportedMessage,
  ExportedNote,
  ExportedOffer,
  ExportedShiftTime,
  type VoicemailBox,
} from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, type Scope } from "../access/index.ts";
import { callCentreCollections, type WaitingCallDocument } from "../call-centre/index.ts";
import { callRecordCollection, callSummary } from "../call-records/index.ts";
import { callCollections } from "../calls/model.ts";
import type { Directories } from "../desk/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Clock } from "../ports/index.ts";
import { answersOfRun, scriptRunCollection } from "../script-runs/index.ts";
import { messageCollection } from "../voicemail/index.ts";
import { attemptRows, callbackRow } from "./callback-rows.ts";
import { messageRow } from "./message-row.ts";
import { type Asked, AT_ONCE, pages, placeAmong } from "./pages.ts";
import { asLines, type Cells } from "./rows.ts";

export interface ExportsGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly clock: Clock;
  readonly boxes: (companyId: string) => Promise<readonly VoicemailBox[]>;
}

/** What ended just now may still be on its way to its place. */
const SETTLING_MS = 5_000;

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));
const columnsOf = (row: { readonly properties: object }) => Object.keys(row.properties);

/**
 * Whole collections for reporting tools, row by row, in the order of a time that never changes, and no further than everything is known: so who
 * comes back with the last row's cursor gets what is new, nothing twice, and misses nothing.
 */
export function createExports(given: ExportsGiven) {
  const { connection, directories, clock } = given;
  const { calls } = callCollections(connection);
  const records = callRecordCollection(connection);
  const { offers, shiftTimes, waitingCalls, callNotes } = callCentreCollections(connection);
  const scriptRuns = scriptRunCollection(connection);
  const messages = messageCollection(connection);
  const { boxes } = given;

  /** Until when every call that is over is recorded. */
  async function recordedUntil(companyId: string): Promise<number> {
    const [oldest] = await calls
      .find({ companyId, unrecorded: true, status: "ended", endedAt: { $gt: 0 } }, { projection: { endedAt: 1 } })
      .sort({ endedAt: 1 })
      .limit(1)
      .toArray();
    return Math.min(clock.now() - SETTLING_MS, oldest?.endedAt ?? Number.POSITIVE_INFINITY);
  }

  /** Until when every offer that was made is over. */
  async function offersUntil(companyId: string): Promise<number> {
    const open = await offers.find({ companyId, live: true }, { projection: { offeredAt: 1 } }).toArray();
    return Math.min(clock.now() - SETTLING_MS, ...open.map(({ offeredAt }) => offeredAt));
  }

  async function* callRows({ companyId }: Scope, asked: Asked) {
    const { company } = await directories.of(companyId);
    const until = await recordedUntil(companyId);
    const find = (filter: object) =>
      records
        .find({ companyId, internal: { $ne: true }, ...filter })
        .sort({ endedAt: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray();
    for await (const record of pages("endedAt", asked, until, find)) {
      const at = record.endedAt ?? 0;
      yield { cursor: `${at}.${record._id}`, ...callSummary(record, company.country, at) };
    }
  }

  async function* offerRows({ companyId }: Scope, asked: Asked) {
    const { operators } = await directories.of(companyId);
    const until = await offersUntil(companyId);
    const find = (filter: object) =>
      offers
        .find({ companyId, ...filter })
        .sort({ offeredAt: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray();
    for await (const offer of pages("offeredAt", asked, until, find)) {
      if (offer.state === "offered") continue;
      const { _id: offerId, callId, queueId, operatorId, offeredAt, endedAt, withdrawReason, outcome } = offer;
      yield {
        ...{ cursor: `${offeredAt}.${offerId}`, offerId, callId, queueId, operatorId },
        operatorName: operators.get(operatorId)?.name ?? operatorId,
        ...{ offeredAt: iso(offeredAt), endedAt: isoOrNull(endedAt), end: offer.state, withdrawReason, outcome },
      };
    }
  }

  async function* shiftTimeRows({ companyId }: Scope, asked: Asked) {
    const { operators } = await directories.of(companyId);
    const find = (filter: object) =>
      shiftTimes
        .find({ companyId, ...filter })
        .sort({ until: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray();
    for await (const stretch of pages("until", asked, clock.now() - SETTLING_MS, find)) {
      const { _id, operatorId, shiftId, state, from, until, pauseReason, pauseLabel, callId, queueId } = stretch;
      yield {
        ...{ cursor: `${until}.${_id}`, operatorId, operatorName: operators.get(operatorId)?.name ?? operatorId },
        ...{ shiftId, state, from: iso(from), until: iso(until), durationMs: until - from },
        ...{ pauseReason, pauseLabel, callId, queueId },
      };
    }
  }

  /** What is over changes no more; what is not is on the list of callbacks. */
  const overCallbacks = (companyId: string, asked: Asked) =>
    pages<WaitingCallDocument>("closedAt", asked, clock.now() - SETTLING_MS, (filter) =>
      waitingCalls
        .find({ companyId, isCallback: true, ...filter })
        .sort({ closedAt: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray(),
    );

  async function* callbackRows({ companyId }: Scope, asked: Asked) {
    const directory = await directories.of(companyId);
    for await (const found of overCallbacks(companyId, asked)) if (found.callback) yield callbackRow(found, directory);
  }

  async function* callbackAttemptRows({ companyId }: Scope, asked: Asked) {
    const directory = await directories.of(companyId);
    const { cursor, seen } = placeAmong(asked.cursor);
    for await (const found of overCallbacks(companyId, { ...asked, ...(cursor !== undefined && { cursor }) }))
      yield* attemptRows(found, directory, found._id === seen?.id ? seen.count : 0);
  }

  async function* messageRows({ companyId }: Scope, asked: Asked) {
    const [{ operators }, all] = await Promise.all([directories.of(companyId), boxes(companyId)]);
    const names = new Map(all.map(({ boxId, name }) => [boxId, name]));
    const find = (filter: object) =>
      messages
        .find({ companyId, ...filter })
        .sort({ receivedAt: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray();
    for await (const message of pages("receivedAt", asked, clock.now() - SETTLING_MS, find))
      yield messageRow(message, names.get(message.boxId) ?? message.boxId, (id) => operators.get(id)?.name ?? id);
  }

  async function* noteRows({ companyId }: Scope, asked: Asked) {
    const { operators, queues } = await directories.of(companyId);
    const find = (filter: object) =>
      callNotes
        .find({ companyId, ...filter })
        .sort({ at: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray();
    for await (const said of pages("at", asked, clock.now() - SETTLING_MS, find)) {
      const { _id: noteId, callId, queueId, operatorId, at, outcome, note } = said;
      yield {
        ...{ cursor: `${at}.${noteId}`, noteId, callId, queueId, at: iso(at), outcome, note, operatorId },
        queueName: queueId === null ? null : (queues.get(queueId)?.name ?? queueId),
        operatorName: operators.get(operatorId)?.name ?? operatorId,
      };
    }
  }

  async function* answerRows({ companyId }: Scope, asked: Asked) {
    const { operators } = await directories.of(companyId);
    const find = (filter: object) =>
      scriptRuns
        .find({ companyId, ...filter })
        .sort({ changedAt: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray();
    for await (const run of pages("changedAt", asked, clock.now() - SETTLING_MS, find)) {
      const { _id: runId, callId, scriptId, changedAt } = run;
      const told = answersOfRun(run, (operatorId) => operators.get(operatorId)?.name ?? operatorId);
      const { name: script, startedAt, finishedAt, answers } = told;
      yield {
        ...{ cursor: `${changedAt}.${runId}`, runId, callId, scriptId, script, startedAt },
        ...{ changedAt: iso(changedAt), finishedAt },
        answers: answers.map(({ key, question, value, labels, operatorId, operatorName, at }) => ({
          ...{ key, question, value, name: labels.length > 0 ? labels.join(", ") : String(value) },
          ...{ operatorId, operatorName, at },
        })),
      };
    }
  }

  const handler =
    <Row extends Cells>(
      name: string,
      row: { readonly properties: object },
      rows: (scope: Scope, asked: Asked) => AsyncIterable<Row>,
      resource: "calls" | "callbacks" | "messages" = "calls",
    ) =>
    async ({ scope, input: { query } }: { scope: Scope; input: { query: Asked } }) => {
      demand(scope, "read", resource);
      const columns = columnsOf(row);
      return asLines(rows(scope, query), { format: query.format ?? "ndjson", name, columns });
    };

  const handlers: Pick<Handlers, Extract<keyof Handlers, `exports.${string}`>> = {
    "exports.calls": handler("calls", ExportedCall, callRows),
    "exports.offers": handler("offers", ExportedOffer, offerRows),
    "exports.shiftTimes": handler("shift-times", ExportedShiftTime, shiftTimeRows),
    "exports.callbacks": handler("callbacks", ExportedCallback, callbackRows, "callbacks"),
    "exports.callbackAttempts": handler("callback-attempts", ExportedCallbackAttempt, callbackAttemptRows, "callbacks"),
    "exports.messages": handler("messages", ExportedMessage, messageRows, "messages"),
    "exports.notes": handler("notes", ExportedNote, noteRows),
    "exports.answers": handler("answers", ExportedAnswers, answerRows),
  };

  return {
    handlers,
    /** Creates the indexes; safe to call at each start. */
    async prepare(): Promise<void> {
      await records.createIndex({ companyId: 1, endedAt: 1, _id: 1 });
      await shiftTimes.createIndex({ companyId: 1, until: 1, _id: 1 });
      await waitingCalls.createIndex({ companyId: 1, isCallback: 1, closedAt: 1, _id: 1 });
      await callNotes.createIndex({ companyId: 1, at: 1, _id: 1 });
      await scriptRuns.createIndex({ companyId: 1, changedAt: 1, _id: 1 });
    },
  };
}
