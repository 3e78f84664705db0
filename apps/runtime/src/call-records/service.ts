import type { CallDetail, CallSummary, EarlierCall, InputOf, OperatorOffer, Routes } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, demandOperator, reaches, type Scope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import { callCollections } from "../calls/model.ts";
import type { Directories } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import { answersOfCalls } from "../script-runs/index.ts";
import { type CallRecord, otherNumber } from "./call-record.ts";
import { type CallsWanted, createCallSearch, type PageEnd } from "./call-search.ts";
import { type DigitsAsked, digitsAsked, digitsOf } from "./caller-digits.ts";
import { type NameAsked, nameAsked } from "./caller-names.ts";
import { createNodeSearch } from "./node-search.ts";
import { offerTo } from "./offer-reasons.ts";
import { createToldCalls } from "./told-calls.ts";
import { callDetail, callSummary } from "./wire.ts";

export interface CallRecordsGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly clock: Clock;
  /** The messages that were left in a call, as far as the scope may know of them. */
  readonly messagesOf: (scope: Scope, callId: string) => Promise<CallDetail["messages"]>;
  /** The conversations that were recorded in a call, as far as the scope may hear them. */
  readonly recordingsOf: (scope: Scope, callId: string) => Promise<CallDetail["recordings"]>;
}

type Query = InputOf<Routes["calls.list"]>["query"];

/** How many offers of an operator are shown, and among how many of the company's last ones they are looked for. */
const OFFERS = 50;
const OFFERS_LOOKED_AT = 500;

/** How many earlier calls of a caller an operator is shown. */
const EARLIER = 5;

/** The past of the calls, and the present as far as it is told like the past: the list, one call, a caller's earlier calls. */
export function createCallRecords(given: CallRecordsGiven) {
  const { connection, directories, clock, messagesOf, recordingsOf } = given;
  const told = createToldCalls({ connection, directories });
  const search = createCallSearch({ connection, told });
  const searchByNode = createNodeSearch({ search });
  const { calls } = callCollections(connection);
  const { offers, shiftTimes, callNotes } = callCentreCollections(connection);
  const countryOf = async (companyId: string) => (await directories.of(companyId)).company.country;

  async function demanded(scope: Scope, callId: string): Promise<CallRecord> {
    demand(scope, "read", "calls");
    const record = await search.find(scope.companyId, callId);
    if (!record || !reaches(scope, record.queueIds)) throw new UserError("notFound", { what: "call" });
    return record;
  }

  async function earlierWith(companyId: string, digits: string, except: string | null): Promise<EarlierCall[]> {
    const caller = [exactly(digits)];
    const found = await search.search(companyId, { alive: false, caller }, null, EARLIER * 4 + 1);
    return found
      .filter((one) => one._id !== except && digitsOf(otherNumber(one)) === digits)
      .flatMap((one) => earlierCall(one, clock.now()) ?? [])
      .slice(0, EARLIER);
  }

  return {
    told,
    search,
    async list(scope: Scope, { limit = 50, before, number, name, nodeId, hungUpIn, ...asked }: Query) {
      demand(scope, "read", "calls");
      const { companyId } = scope;
      const country = await countryOf(companyId);
      const after = before === undefined ? null : readCursor(before);
      const wanted: CallsWanted = {
        ...asked,
        from: asked.from === undefined ? undefined : Date.parse(asked.from),
        to: asked.to === undefined ? undefined : Date.parse(asked.to),
        caller: number === undefined ? undefined : readNumber(number, country),
        name: name === undefined ? undefined : readName(name),
        within: scope.queues,
      };
      const { flowId, inNodeId } = asked;
      const byNode = nodeId !== undefined || hungUpIn !== undefined;
      if ((byNode || inNodeId !== undefined) && flowId === undefined) throw withoutFlow();
      const { found, end } =
        byNode && flowId !== undefined
          ? await searchByNode(companyId, { ...wanted, flowId, nodeId, hungUpIn }, after, limit)
          : { found: await search.search(companyId, wanted, after, limit + 1), end: null };
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last ? { startedAt: last.startedAt, callId: last._id } : end;
      return {
        items: page.map((record) => callSummary(record, country, clock.now())),
        next: next && `${next.startedAt}.${next.callId}`,
      };
    },
    async summary(scope: Scope, callId: string): Promise<CallSummary> {
      const record = await demanded(scope, callId);
      return callSummary(record, await countryOf(scope.companyId), clock.now());
    },
    async get(scope: Scope, callId: string): Promise<CallDetail> {
      const record = await demanded(scope, callId);
      const { companyId } = scope;
      const [offered, wrapUps, messages, recordings, notes, names, country] = await Promise.all([
        offers.find({ companyId, callId }).sort({ offeredAt: 1 }).toArray(),
        shiftTimes.find({ companyId, callId, state: "wrapUp" }).toArray(),
        messagesOf(scope, callId),
        recordingsOf(scope, callId),
        callNotes.find({ companyId, callId }).sort({ at: 1 }).toArray(),
        told.namesOf(companyId),
        countryOf(companyId),
      ]);
      const answers = await answersOfCalls(connection, companyId, [callId], names.operator);
      const scripts = [...(answers.get(callId) ?? [])];
      const beside = { offers: offered, wrapUps, messages, recordings, notes, scripts };
      return callDetail(record, beside, names, country, clock.now());
    },
    /** The last offers that were made to an operator or passed them by, with the reason. */
    async offersOf(scope: Scope, operatorId: string): Promise<OperatorOffer[]> {
      demand(scope, "read", "calls");
      const { companyId } = scope;
      const { operators, queues } = await directories.of(companyId);
      if (!operators.has(operatorId)) throw new UserError("notFound", { what: "operator" });
      demandOperator(scope, operatorId, queues);
      const [made, names] = await Promise.all([
        offers.find({ companyId }).sort({ offeredAt: -1 }).limit(OFFERS_LOOKED_AT).toArray(),
        told.namesOf(companyId),
      ]);
      const theirs = made.filter(({ queueId }) => reaches(scope, [queueId]));
      return theirs.flatMap((offer) => (offer.why && offerTo(offer, operatorId, names)) ?? []).slice(0, OFFERS);
    },
    /** The operator who talked last to somebody with one of these numbers, whoever rang whom; null: nobody, as far as is kept. */
    async lastOperatorOf(companyId: string, numbers: readonly string[]): Promise<string | null> {
      const theirs = new Set(numbers.flatMap((number) => digitsOf(number) ?? []));
      if (theirs.size === 0) return null;
      const wanted: CallsWanted = { alive: false, result: "answered", caller: [...theirs].map(exactly) };
      const found = await search.search(companyId, wanted, null, EARLIER * 4 + 1);
      const talks = found
        .filter((one) => theirs.has(digitsOf(otherNumber(one)) ?? ""))
        .flatMap(({ rung }) =>
          rung.filter(({ outcome, operatorId, answeredAt }) => outcome === "answered" && operatorId && answeredAt),
        );
      const last = talks.reduce<(typeof talks)[number] | null>(
        (latest, one) => ((one.answeredAt ?? 0) > (latest?.answeredAt ?? 0) ? one : latest),
        null,
      );
      return last?.operatorId ?? null;
    },
    /** How many calls run, by the flow version that they are on and by the queue that they wait in. */
    async live(scope: Scope) {
      demand(scope, "read", "flows");
      const running = await calls
        .find(
          {
            ...{ companyId: scope.companyId, unrecorded: true, status: "live" as const },
            ...(scope.queues && { "queue.queueId": { $in: [...scope.queues] } }),
          },
          { projection: { flowId: 1, flowVersionId: 1, running: 1, "queue.queueId": 1, "leg.state": 1 } },
        )
        .toArray();
      const flows = new Map<string, { flowId: string | null; versionId: string | null; calls: number }>();
      const queues = new Map<string, number>();
      for (const { queue, leg, ...call } of running) {
        const { flowId, flowVersionId: versionId } = call.running ?? call;
        const key = `${flowId} ${versionId}`;
        const counted = flows.get(key) ?? { flowId, versionId, calls: 0 };
        flows.set(key, { ...counted, calls: counted.calls + 1 });
        if (queue && leg?.state !== "talking") queues.set(queue.queueId, (queues.get(queue.queueId) ?? 0) + 1);
      }
      return {
        total: running.length,
        flows: [...flows.values()],
        queues: [...queues].map(([queueId, count]) => ({ queueId, calls: count })),
      };
    },
    /**
     * The last calls that are over of the caller of a call, that call not among them; none for a hidden number. The asker must have
     * made sure that this operator has to do with the call.
     */
    async earlierOf(companyId: string, callId: string): Promise<EarlierCall[]> {
      const call = await search.find(companyId, callId);
      const digits = digitsOf(call && otherNumber(call));
      return !call || digits === null ? [] : earlierWith(companyId, digits, callId);
    },
    /** The same of a number that is rung, or is about to be. */
    async earlierWith(companyId: string, number: string): Promise<EarlierCall[]> {
      const digits = digitsOf(number);
      return digits === null ? [] : earlierWith(companyId, digits, null);
    },
  };
}

export type CallRecords = ReturnType<typeof createCallRecords>;

function exactly(digits: string): DigitsAsked {
  return { digits, atStart: true, gram: digits.length <= 4 ? digits : digits.slice(-4) };
}

/** What an operator may know: no number, no name of a caller, nothing of the flow. */
function earlierCall(record: CallRecord, now: number): EarlierCall | null {
  if (record.result === null) return null;
  const { startedAt, direction, lineName, queues, operators, waitMs, talkMs } = callSummary(record, "", now);
  return {
    startedAt,
    direction,
    lineName,
    queueName: queues.at(-1)?.name ?? null,
    operatorName: operators.at(-1)?.name ?? null,
    result: record.result,
    waitMs,
    talkMs,
  };
}

/** Nodes are named anew in each flow. */
function withoutFlow(): UserError {
  const problem = { fr: "manque : un bloc est celui d’un scénario", en: "is missing: a node is of a flow" };
  return new UserError("requestInvalid", { where: "/query/flowId", problem });
}

function readNumber(written: string, country: string): readonly DigitsAsked[] {
  const asked = digitsAsked(written, country);
  if (asked.length > 0) return asked;
  const problem = { fr: "ne contient aucun chiffre", en: "has no digit" };
  throw new UserError("requestInvalid", { where: "/query/number", problem });
}

function readName(written: string): NameAsked {
  const asked = nameAsked(written);
  if (asked) return asked;
  const problem = { fr: "n’a pas deux lettres", en: "does not have two letters" };
  throw new UserError("requestInvalid", { where: "/query/name", problem });
}

function readCursor(cursor: string): PageEnd {
  const [, startedAt, callId] = /^(\d{1,15})\.(call_[0-9a-f]{32})$/.exec(cursor) ?? [];
  if (startedAt === undefined || callId === undefined) {
    const problem = { fr: "n’est pas le `next` d’une page", en: "is not the `next` of a page" };
    throw new UserError("requestInvalid", { where: "/query/before", problem });
  }
  return { startedAt: Number(startedAt), callId };
}
