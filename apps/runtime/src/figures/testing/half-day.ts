import type { MediaEffect } from "@cordboard/node-kit";
import type { OfferDocument, ShiftDocument, ShiftTimeDocument } from "../../call-centre/index.ts";
import { createCallCentre } from "../../call-centre/index.ts";
import { Activity } from "../../call-centre/testing/activity.ts";
import { MemoryCollections, memoryCentreStore } from "../../call-centre/testing/memory-centre-store.ts";
import { queue } from "../../call-centre/testing/samples.ts";
import { VirtualBus } from "../../call-centre/testing/virtual-bus.ts";
import { VirtualClock } from "../../call-centre/testing/virtual-clock.ts";
import { blankCall, factsForFlow } from "../../calls/blank-call.ts";
import type { CallRoute } from "../../calls/call-routes.ts";
import { LiveCall } from "../../calls/live-call.ts";
import type { CallDocument, StoredTraceEvent } from "../../calls/model.ts";
import { firstCall } from "../../calls/next-call.ts";
import { createSecretBox } from "../../calls/secret-box.ts";
import { StepWriter } from "../../calls/step-writer.ts";
import { type CallConnection, type OperatorView, operatorChannel, type Verb } from "../../ports/index.ts";
import { memoryCalls } from "../../testing/memory-calls.ts";
import { noConversations } from "../../testing/no-conversations.ts";
import { noMailbox } from "../../testing/no-mailbox.ts";
import { overflowFlow } from "./overflow-flow.ts";

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
}

/** Everything that the half day left behind, as the store would have it, and what the operators' agents were shown. */
export interface HalfDay {
  readonly now: number;
  readonly calls: readonly CallDocument[];
  readonly traceEvents: readonly StoredTraceEvent[];
  readonly offers: readonly OfferDocument[];
  readonly shifts: readonly ShiftDocument[];
  readonly shiftTimes: readonly ShiftTimeDocument[];
  readonly views: readonly OperatorView[];
}

/** Nothing here is changed in place. */
const asItIs = <T>(value: T): T => value;

/** A sequence of numbers from 0 to 1 that is the same each time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Half a day of a small call centre on virtual time: the real call core, engine and call centre, with callers who press a key, wait, lose
 * patience or talk, and operators who accept, refuse, miss, take a pause and leave. Some calls run still when it ends.
 */
export async function halfDay(asked: HalfDayAsked): Promise<HalfDay> {
  const { companyId, queueIds, operatorIds, from, hours } = asked;
  const random = chance(asked.seed);
  const between = (least: number, most: number) => Math.round(least + random() * (most - least));
  let made = 0;
  const makeId = (prefix: string) => `${prefix}_${(++made).toString(16).padStart(32, "0")}`;
  const clock = new VirtualClock(from);
  const activity = new Activity();
  const bus = new VirtualBus(clock, activity);
  const kept = new MemoryCollections();
  const store = memoryCalls({ copy: asItIs });
  const traceEvents = new Map<string, StoredTraceEvent>();
  const calls = new Map<string, LiveCall>();
  const failures: unknown[] = [];
  const compiled = overflowFlow(...queueIds);
  const route: CallRoute = {
    companyId,
    lineId: makeId("line"),
    lineName: "Main",
    flowId: "overflow",
    flowVersionId: makeId("ver"),
    compiled,
    language: null,
    timeZone: "Europe/Paris",
  };
  const log = { info: () => {}, warn: () => {}, error: (details: unknown) => void failures.push(details) };
  const gone = async () => "gone" as const;

  const centre = createCallCentre({
    store: memoryCentreStore(kept, { copy: asItIs }),
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
      placeCall: gone,
    },
    lookups: {
      queues: async () => [
        { ...queue(queueIds[0], operatorIds), companyId, order: "longestIdle" },
        { ...queue(queueIds[1], operatorIds.slice(1)), companyId, order: "longestIdle" },
      ],
      operatorName: async (_companyId, operatorId) => operatorId,
      country: async () => "FR",
      openSchedules: async (_companyId, open) => ({ open, until: null }),
      telephoneExists: async () => true,
      callsAlive: async (_companyId, callIds) =>
        callIds.filter((callId) => calls.get(callId)?.document.status === "live"),
    },
  });

  const begins = (at: number, patienceMs: number, hidden: boolean) => {
    const callSid = makeId("sid");
    const facts = {
      callSid,
      direction: "inbound",
      from: `+336${String(10_000_000 + made)}`,
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
        connection(facts, () => call),
        ports,
        false,
      );
      calls.set(call.id, call);
      void call.beginNew();
      clock.at(clock.now() + patienceMs, () => {
        if (call.document.leg?.state !== "talking") hangsUp(call, "caller");
      });
    });
  };
  const hangsUp = (call: LiveCall, by: "caller" | "us") => {
    if (call.document.status === "live")
      call.handle({ kind: "callerGone", by, sipStatus: 200, durationMs: clock.now() - call.document.startedAt });
  };

  /** What jambonz and the people do about what is presented. */
  const connection = (facts: CallConnection["facts"], of: () => LiveCall): CallConnection => {
    const hook = { answer: (verbs: readonly Verb[]) => void (verbs.length > 0 && heard(verbs)) };
    const heard = ([verb]: readonly Verb[]) => {
      const entry = Number(String(verb?.id).slice(1));
      const later = (ms: number, due: () => void) => clock.at(clock.now() + ms, due);
      if (verb?.verb === "collect" && random() < 0.95)
        later(between(1, 4) * SECOND, () => of().handle({ kind: "collectEnded", entry, digits: "1", hook }));
      else if (verb?.verb === "collect")
        later(9 * SECOND, () => of().handle({ kind: "collectEnded", entry, digits: null, hook }));
      if (verb?.verb === "hangUp") later(50, () => hangsUp(of(), "us"));
      if (verb?.verb !== "dial") return;
      const legSid = makeId("leg");
      const luck = random();
      const ends = (result: "completed" | "busy" | "silent", sipStatus: number) =>
        of().handle({ kind: "dialEnded", entry, result, sipStatus, legSid, hook });
      if (luck < 0.08) return void later(SECOND, () => ends("busy", 486));
      later(200, () => of().handle({ kind: "legRinging", legSid, sipStatus: 180 }));
      if (luck < 0.16) return void later(20 * SECOND, () => ends("silent", 480));
      const answersIn = between(2, 9) * SECOND;
      const talks = between(20, 300) * SECOND;
      later(answersIn, () => of().handle({ kind: "legAnswered", legSid }));
      later(answersIn + talks, () => (random() < 0.5 ? hangsUp(of(), "caller") : ends("completed", 200)));
    };
    return {
      facts,
      open: true,
      redirect: (verbs) => {
        heard(verbs);
        return "sent";
      },
      stream: () => true,
      release: () => {},
      command: () => true,
      finish: () => {},
    };
  };
  const label = (effect: MediaEffect): Verb[] => [
    { verb: effect.type, id: "entry" in effect ? `e${effect.entry}` : "end" },
  ];
  const nothingIsPlaced = async () => ({ kind: "refused", why: "no callbacks here" }) as const;
  const ports: ConstructorParameters<typeof LiveCall>[3] = {
    writer: new StepWriter(store.collection),
    clock,
    secrets: createSecretBox("s".repeat(32)),
    callCentre: centre,
    passOnRoute: async () => null,
    presentation: {
      render: async (_call, effect) => label(effect),
      spokenMs: () => null,
      comfort: () => [{ verb: "comfort" }],
      apart: () => [],
      apology: () => [{ verb: "apology" }],
    },
    answers: {
      scheduleState: async () => null,
      queueFigures: async () => {
        throw new Error("no flow here asks");
      },
      placeInLine: () => Promise.reject(new Error("nobody waits long enough here")),
      askIdentity: () => Promise.reject(new Error("nobody is asked for a code here")),
      draw: random,
      promiseCallback: async () => "refused",
      askMailbox: noMailbox,
      lookUpContact: async (_call, { source }) => ({ source, result: "none", matches: 0, contacts: [] }),
      postNotice: async () => "failed",
    },
    recorder: { ended: async () => ({ durationMs: 0, lastEnd: "closed" }), flowing: async () => false },
    flowRequests: {
      send: async () => {
        throw new Error("nothing is asked of other systems");
      },
    },
    mailbox: { deliver: async () => {}, drop: async () => {} },
    conversations: noConversations,
    rest: { reclaim: gone, hangUp: gone, giveUp: gone, place: nothingIsPlaced },
    placeTelephone: nothingIsPlaced,
    log,
    cardOf: async (call) => ({
      from: call.from,
      hidden: call.hidden,
      callerName: null,
      to: call.to,
      lineName: call.lineName,
      language: call.language,
      script: null,
      callStartedAt: call.startedAt,
    }),
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

  const views: OperatorView[] = [];
  const command = (operatorId: string, asked: Parameters<typeof centre.command>[2]) =>
    void activity.track(() => centre.command(companyId, operatorId, asked)).catch((error) => failures.push(error));
  const works = (operatorId: string, telephoneId: string, served: readonly string[]) => {
    let done = "";
    let since = 0;
    bus.subscribe(operatorChannel(companyId, operatorId), (message) => {
      const { view } = message as { readonly view: OperatorView };
      if (view.seq <= since) return;
      since = view.seq;
      views.push(view);
      const todo = `${view.state} ${view.since}`;
      if (todo === done) return;
      done = todo;
      const soon = (ms: number, asked: Parameters<typeof centre.command>[2]) =>
        clock.at(clock.now() + ms, () => command(operatorId, asked));
      const { offer } = view;
      if (view.state === "offered" && offer) {
        const luck = random();
        if (luck < 0.75) soon(between(1, 8) * SECOND, { kind: "accept", offerId: offer.offerId });
        else if (luck < 0.87) soon(3 * SECOND, { kind: "refuse", offerId: offer.offerId });
      }
      if (view.state === "wrapUp") soon(between(10, 90) * SECOND, { kind: "ready" });
      if (view.state === "paused" && view.pause?.reason !== "asked") soon(between(20, 90) * SECOND, { kind: "resume" });
    });
    const connected = () => {
      command(operatorId, { kind: "connected", processId: "proc_1" });
      clock.at(clock.now() + 30 * SECOND, connected);
    };
    connected();
    command(operatorId, {
      kind: "signIn",
      shiftId: makeId("shift"),
      telephoneId,
      takeOver: false,
      queueIds: served,
    });
  };

  await centre.start();
  const advance = (ms: number) => clock.advance(ms, activity.settle);
  await advance(SECOND);
  for (const [at, operatorId] of operatorIds.entries()) {
    clock.at(from + (at + 1) * 7 * MINUTE, () => works(operatorId, `tel_${at}`, at === 0 ? [queueIds[0]] : queueIds));
    clock.at(from + (2 * 60 + at * 20) * MINUTE, () => command(operatorId, { kind: "pause", label: "lunch" }));
    clock.at(from + (2 * 60 + at * 20 + 15) * MINUTE, () => command(operatorId, { kind: "resume" }));
  }
  const last = operatorIds.at(-1) ?? "";
  clock.at(from + (hours * 60 - 30) * MINUTE, () => command(last, { kind: "signOut" }));
  for (let count = 0; count < asked.callers; count++) {
    const patience = random() < 0.15 ? between(3, 12) : between(30, 400);
    begins(from + between(0, hours * 60 * 60 - 20) * SECOND, patience * SECOND, random() < 0.1);
  }
  await advance(hours * 60 * MINUTE);
  if (failures.length > 0) throw new Error("something failed in the half day", { cause: failures[0] });
  return {
    now: clock.now(),
    calls: [...store.documents.values()],
    traceEvents: [...traceEvents.values()],
    offers: [...kept.offers.values()],
    shifts: [...kept.shifts.values()],
    shiftTimes: [...kept.shiftTimes.values()],
    views,
  };
}
