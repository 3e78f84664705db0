import type { MediaEffect, PlaceStands } from "@cordboard/node-kit";
import type {
  CallNoteDocument,
  OfferDocument,
  ShiftDocument,
  ShiftTimeDocument,
  WaitingCallDocument,
} from "../../call-centre/index.ts";
import { createCallCentre } from "../../call-centre/index.ts";
import { Activity } from "../../call-centre/testing/activity.ts";
import { MemoryCollections, memoryCentreStore } from "../../call-centre/testing/memory-centre-store.ts";
import { queue } from "../../call-centre/testing/samples.ts";
import { VirtualBus } from "../../call-centre/testing/virtual-bus.ts";
import { VirtualClock } from "../../call-centre/testing/virtual-clock.ts";
import { blankCall, factsForFlow } from "../../calls/blank-call.ts";
import type { CallRoute, PassOnRoute } from "../../calls/call-routes.ts";
import { LiveCall } from "../../calls/live-call.ts";
import type { CallDocument, StoredTraceEvent } from "../../calls/model.ts";
import { firstCall } from "../../calls/next-call.ts";
import { PASS_ON_FLOW } from "../../calls/passings.ts";
import { blankPlacedCall } from "../../calls/placed-call.ts";
import { promisesBy } from "../../calls/promises.ts";
import { createSecretBox } from "../../calls/secret-box.ts";
import { StepWriter } from "../../calls/step-writer.ts";
import { type NewEvent, tellingStore } from "../../events/index.ts";
import type { CallInbox, LiveSnapshot, OperatorView, PassOnTarget, Verb } from "../../ports/index.ts";
import { noQueueMusic } from "../../queues/index.ts";
import { CALLBACK_FLOW, callbackFlow } from "../../routing/callback-flow.ts";
import { passOnFlow } from "../../routing/pass-on-flow.ts";
import { compiledDocument } from "../../testing/compiled-document.ts";
import { memoryCalls } from "../../testing/memory-calls.ts";
import { noConversations } from "../../testing/no-conversations.ts";
import { noMailbox } from "../../testing/no-mailbox.ts";
import { chance } from "./chance.ts";
import { operatorsAtWork } from "./operators-at-work.ts";
import { overflowFlow } from "./overflow-flow.ts";
import { findsTheirWay, peopleOn, pressesOne } from "./people.ts";
import { wholeFlow } from "./whole-flow.ts";

const SECOND = 1_000;
const MINUTE = 60_000;

export interface HalfDayAsked {
  readonly companyId: string;
  readonly queueIds: readonly [string, string];
  readonly operatorIds: readonly string[];
  readonly from: number;
  readonly hours: number;
  readonly callers: number;
  readonly seed: number;
  /** Also callbacks, messages, a number that callers are put through to, outcomes, and callers who are passed on. */
  readonly everything?: boolean;
}

/** Everything that the half day left behind, as the store would have it, and what the operators' agents were shown. */
export interface HalfDay {
  readonly now: number;
  readonly calls: readonly CallDocument[];
  readonly traceEvents: readonly StoredTraceEvent[];
  readonly offers: readonly OfferDocument[];
  readonly shifts: readonly ShiftDocument[];
  readonly shiftTimes: readonly ShiftTimeDocument[];
  readonly waitingCalls: readonly WaitingCallDocument[];
  readonly callNotes: readonly CallNoteDocument[];
  readonly views: readonly OperatorView[];
  /** The live board at the end. */
  readonly live: LiveSnapshot;
  /** What was told to those outside who listen, each event once. */
  readonly events: readonly NewEvent[];
}

/** Nothing here is changed in place. */
const asItIs = <T>(value: T): T => value;

/** Nobody is told where they stand in line. */
const UNTOLD: PlaceStands = {
  ...{ position: null, expectedWaitMs: null, waitedMs: 0 },
  rules: { say: "never", firstMs: 60_000, everyMs: 60_000, upToPosition: null, upToWaitMs: null },
};

const FLOW_LANGUAGES = ["en-GB"];

/**
 * Half a day of a small call centre on virtual time, or a whole one: the real call core, engine and call centre, with callers who press a key,
 * wait, lose patience or talk, and operators who accept, refuse, miss, take a pause and leave. Some calls run still when it ends.
 */
export async function halfDay(asked: HalfDayAsked): Promise<HalfDay> {
  const { companyId, queueIds, operatorIds, from, hours, everything = false } = asked;
  const random = chance(asked.seed);
  const { share, between } = random;
  let made = 0;
  const makeId = (prefix: string) => `${prefix}_${(++made).toString(16).padStart(32, "0")}`;
  const clock = new VirtualClock(from);
  const activity = new Activity();
  const bus = new VirtualBus(clock, activity, { copy: asItIs });
  const kept = new MemoryCollections();
  const store = memoryCalls({ copy: asItIs });
  const traceEvents = new Map<string, StoredTraceEvent>();
  const calls = new Map<string, LiveCall>();
  const recorded = new Map<string, number>();
  const failures: unknown[] = [];
  const compiled = everything ? wholeFlow(...queueIds) : overflowFlow(...queueIds);
  const route: CallRoute = {
    companyId,
    lineId: makeId("line"),
    lineName: "Main",
    flowId: everything ? "whole" : "overflow",
    flowVersionId: makeId("ver"),
    compiled,
    language: null,
    timeZone: "Europe/Paris",
  };
  const callbackRoute = {
    ...{ ...route, shows: "+33143670903", flowId: CALLBACK_FLOW, flowVersionId: makeId("ver") },
    compiled: compiledDocument(callbackFlow(FLOW_LANGUAGES)),
  };
  const log = { info: () => {}, warn: () => {}, error: (details: unknown) => void failures.push(details) };
  const gone = async () => "gone" as const;
  const people = peopleOn({ clock, chance: random, makeId, recorded });
  const keys = everything ? findsTheirWay(random) : pressesOne(random);

  const placeCall: CallInbox["placeCall"] = async (order) => {
    const known = calls.get(order.callId);
    if (known) return known.document.status === "live" ? "taken" : "gone";
    const blank = blankPlacedCall(order, callbackRoute, { processId: "proc_1", now: clock.now() });
    const call = new LiveCall(blank, callbackRoute.compiled, null, ports, false);
    calls.set(call.id, call);
    return (await call.beginPlaced()) ? "taken" : "unowned";
  };
  const events = new Map<string, NewEvent>();
  const centre = createCallCentre({
    store: tellingStore(memoryCentreStore(kept, { copy: asItIs }), async (told) => {
      for (const event of told) if (!events.has(event.eventId)) events.set(event.eventId, event);
    }),
    bus,
    clock,
    makeId,
    log,
    processId: "proc_1",
    inbox: {
      offerAccepted: async ({ callId, entry, offerId, operatorId, operatorName, target }) =>
        (await calls
          .get(callId)
          ?.offerAccepted({ type: "offer.accepted", entry, offerId, operatorId, target }, operatorName)) ?? "gone",
      unstaffed: async ({ callId, entry }) => (await calls.get(callId)?.unstaffed(entry)) ?? "gone",
      placeCall,
    },
    lookups: {
      queues: async () => {
        const callbacks = { most: 60, attempts: 2, retryMs: 10 * MINUTE, scheduleId: null };
        const rules = { companyId, order: "longestIdle", ...(everything && { callbacks }) } as const;
        return [
          { ...queue(queueIds[0], operatorIds), ...rules },
          { ...queue(queueIds[1], operatorIds.slice(1)), ...rules },
        ];
      },
      operatorName: async (_companyId, operatorId) => operatorId,
      country: async () => "FR",
      openSchedules: async (_companyId, open) => ({ open, until: null }),
      telephoneExists: async () => true,
      callsAlive: async (_companyId, callIds) =>
        callIds.filter((callId) => calls.get(callId)?.document.status === "live"),
    },
  });

  const begins = (at: number, patienceMs: number, hidden: boolean, number?: string) => {
    const callSid = makeId("sid");
    const facts = {
      callSid,
      direction: "inbound",
      from: number ?? `+336${String(10_000_000 + made)}`,
      hidden,
      to: "+33143670903",
      callerName: null,
      accountSid: "a",
      applicationSid: null,
      trunk: null,
      ourCallId: null,
    } as const;
    clock.at(at, () => {
      const blank = blankCall(facts, route, { callId: makeId("call"), processId: "proc_1", now: clock.now() });
      const first = firstCall(blank, compiled, factsForFlow(blank, route), clock.now());
      const call: LiveCall = new LiveCall(
        first,
        compiled,
        people.connection(facts, () => call, keys),
        ports,
        false,
      );
      calls.set(call.id, call);
      void call.beginNew();
      clock.at(clock.now() + patienceMs, () => {
        if (call.document.leg?.state !== "talking") people.hangsUp(call, "caller");
      });
    });
  };

  const label = (effect: MediaEffect): Verb[] => [
    { verb: effect.type, id: "entry" in effect ? `e${effect.entry}` : "end" },
  ];
  const cardOf = async (call: CallDocument) => ({
    from: call.from,
    hidden: call.hidden,
    callerName: null,
    to: call.to,
    lineName: call.lineName,
    language: call.language,
    script: null,
    callStartedAt: call.startedAt,
  });
  const promise = promisesBy({ callCentre: () => centre, cardOf });
  const passOnRoutes = new Map<string, PassOnRoute>();
  const passOnRoute = async (_companyId: string, queueId: string, to: PassOnTarget): Promise<PassOnRoute> => {
    if (to.kind === "flow") return route;
    const key = `${to.kind} ${to.kind === "queue" ? to.queueId : queueId}`;
    const known = passOnRoutes.get(key) ?? {
      ...{ flowId: PASS_ON_FLOW, flowVersionId: makeId("ver"), timeZone: route.timeZone },
      compiled: compiledDocument(passOnFlow(to, queueId, FLOW_LANGUAGES)),
    };
    passOnRoutes.set(key, known);
    return known;
  };
  const ports: ConstructorParameters<typeof LiveCall>[3] = {
    writer: new StepWriter(store.collection),
    clock,
    secrets: createSecretBox("s".repeat(32)),
    callCentre: centre,
    passOnRoute,
    supervision: { standing: async () => "over", told: async () => undefined },
    presentation: {
      render: async (_call, effect) => label(effect),
      spokenMs: () => null,
      comfort: () => [{ verb: "comfort" }],
      apart: () => [],
      consult: () => [],
      notice: () => [],
      noticeMs: () => 0,
      apology: () => [{ verb: "apology" }],
    },
    answers: {
      scheduleState: async () => null,
      callbackSlots: async () => ({ slots: [], timeZone: "UTC" }),
      queueFigures: async () => {
        throw new Error("no flow here asks");
      },
      queueMusic: async () => noQueueMusic,
      placeInLine: async () => UNTOLD,
      askIdentity: () => Promise.reject(new Error("nobody is asked for a code here")),
      askCentre: () => Promise.reject(new Error("nobody is asked for a code here")),
      draw: share,
      promiseCallback: async (call, effect) => {
        const result = await promise(call, effect);
        // Some do not wait to be called back.
        if (result === "promised" && !call.hidden && share() < 0.15)
          begins(clock.now() + between(10, 600) * SECOND, between(60, 400) * SECOND, false, call.from ?? undefined);
        return result;
      },
      askMailbox: noMailbox,
      lookUpContact: async (_call, { source }) => ({ source, result: "none", matches: 0, contacts: [] }),
      postNotice: async () => "failed",
    },
    recorder: {
      ended: async ({ recordingId }) => ({ durationMs: recorded.get(recordingId) ?? 0, lastEnd: "silence" }),
      flowing: async () => true,
    },
    flowRequests: {
      send: async () => {
        throw new Error("nothing is asked of other systems");
      },
    },
    mailbox: { deliver: async () => {}, drop: async () => {} },
    conversations: noConversations,
    legs: { order: async () => false, hangUp: async () => {}, reclaim: gone, state: async () => "over" },
    rest: {
      ...{ reclaim: gone, hangUp: gone, giveUp: gone },
      dialledBy: async () => "unavailable" as const,
      legState: async () => "unavailable" as const,
      place: async () => ({ kind: "refused", why: "telephones are rung by placeTelephone here" }),
    },
    placeConsulted: async () => ({ kind: "refused", why: "nobody is asked first here" }),
    placeTelephone: async ({ _id: ourCallId, from: shown, to }) => {
      const callSid = makeId("sid");
      const call = calls.get(ourCallId);
      const about = { callSid, direction: "outbound", from: shown, hidden: false, to, callerName: null } as const;
      if (call)
        people.telephoneRings(call, { ...about, accountSid: "a", applicationSid: null, trunk: null, ourCallId });
      return { kind: "placed", callSid };
    },
    log,
    cardOf,
    moveTrace: async (call) => {
      const { _id: callId } = call;
      for (const line of call.traceTail) {
        const _id = `${callId}.${line.seq}`;
        traceEvents.set(_id, { _id, callId, companyId, ...line });
      }
      return call.traceTail.at(-1)?.seq ?? 0;
    },
    onGone: () => {},
  };

  const operators = operatorsAtWork({
    ...{ companyId, queueIds, operatorIds, from, hours, centre, calls, bus, clock, chance: random, makeId, everything },
    track: activity.track.bind(activity),
    failed: (error) => failures.push(error),
  });
  await centre.start();
  const advance = (ms: number) => clock.advance(ms, activity.settle);
  await advance(SECOND);
  operators.begin();
  for (let count = 0; count < asked.callers; count++) {
    const patience = share() < 0.15 ? between(3, 12) : between(30, 400);
    begins(from + between(0, hours * 60 * 60 - 20) * SECOND, patience * SECOND, share() < 0.1);
  }
  await advance(hours * 60 * MINUTE);
  if (failures.length > 0) throw new Error("something failed in the half day", { cause: failures[0] });
  const board = centre.live(companyId);
  await activity.settle();
  const live = await board;
  return {
    now: clock.now(),
    live,
    events: [...events.values()],
    calls: [...store.documents.values()],
    traceEvents: [...traceEvents.values()],
    offers: [...kept.offers.values()],
    shifts: [...kept.shifts.values()],
    shiftTimes: [...kept.shiftTimes.values()],
    waitingCalls: [...kept.waitingCalls.values()],
    callNotes: [...kept.callNotes.values()],
    views: operators.views,
  };
}
