import type { TraceEvent } from "../routes/calls.ts";
import type { Texts } from "../schemas.ts";
import { consultStep } from "./consult-step.ts";
import {
  callbackAnswers,
  centreAnswers,
  centreQuestions,
  codesSent,
  contactAnswers,
  goneBy,
  identities,
  mailboxQuestions,
  missed,
  missedNumber,
  offers,
  problems,
  recordEnds,
  recordingWishes,
  type StepKey,
  scheduleStates,
  simpleSteps,
} from "./step-keys.ts";

/** Names for the ids that a trace carries; an id without a name stands for itself. */
export interface CallNames {
  node(nodeId: string): string;
  /** What an output leads by: the caption of a menu's choice, else the output's own name. */
  output(nodeId: string | null, output: string): string;
  /** What a prompt says in a language, or its name. */
  prompt(promptId: string, language: string): string;
  queue(queueId: string): string;
  operator(operatorId: string): string;
  telephone(telephoneId: string): string;
  script(scriptId: string): string;
  schedule(scheduleId: string): string;
  voicemailBox(boxId: string): string;
  /** A telephone number as people of the company's country write it, where that is known. */
  number(kept: string): string;
}

/** What a flow's error says, by its code, in both languages; null: a code that is not known. The engine's own words (node-kit). */
export type FlowErrorWords = (code: string, details: Readonly<Record<string, Scalar>>) => Texts | null;

/** A value of a step's sentence; times and durations are written in the reader's language when drawn. A `moment` has its day, an `instant` its milliseconds. */
export type StepValue =
  | string
  | number
  | { readonly durationMs: number }
  | { readonly instant: number }
  | { readonly moment: number };

/** One line of a trace, ready to be put into words: a sentence with its values, what is said in quotes, what is keyed as keys. */
export interface TraceStep {
  readonly key: StepKey;
  readonly values: Readonly<Record<string, StepValue>>;
  readonly quote: string | null;
  readonly keys: readonly string[];
  /** A sentence that comes in both languages already, in place of `key`. */
  readonly sentence: Texts | null;
  /** Something went wrong. */
  readonly problem: boolean;
  /** How the call ended, for `step.ended`. */
  readonly end: (typeof ends)[number] | null;
}

const plain = { values: {}, quote: null, keys: [], sentence: null, problem: false, end: null } as const;

/** What a trace event says to a person. A kind that is not known here is shown as it is, never left out. */
export function traceStep(event: TraceEvent, names: CallNames, flowErrorWords: FlowErrorWords): TraceStep {
  const { kind } = event;
  const d = reader(event.details);
  if (kind.startsWith("note.") && !simpleSteps[kind]) return note(event, flowErrorWords);
  switch (kind) {
    case "began":
      if (event.details.direction === "outbound") return placed(event, names);
      if (event.details.served !== false && typeof event.details.firstDialled === "string") {
        return step("step.beganDiverted", { number: names.number(d.text("firstDialled")) });
      }
      return step(event.details.served === false ? "step.beganUnserved" : "step.began");
    case "everyday":
      return step("step.everyday", { number: Number(event.details.number ?? 0), flow: d.text("flow") });
    case "ringsTelephone":
      return step("step.ringsTelephone", {
        target: names.telephone(d.text("telephoneId")),
        ring: d.duration("ringMs"),
      });
    case "ringsNumber":
      return step("step.ringsNumber", { target: names.number(d.text("number")), ring: d.duration("ringMs") });
    case "telephone.missed":
      return problem(missed[d.text("result")] ?? "step.telephoneUnreachable");
    case "number.missed":
      return problem(missedNumber[d.text("result")] ?? "step.numberUnreachable");
    case "placingRefused":
      return problem("step.placingRefused", { why: d.text("why") });
    case "hears":
      return hears(event, names);
    case "asked":
      return asked(event, names);
    case "waitsWithMusic":
      return step("step.waitsWithMusic");
    case "joinsQueue":
      return step("step.joinsQueue", { queue: names.queue(d.text("queueId")) });
    case "leavesQueue":
      return step("step.leavesQueue", { queue: names.queue(d.text("queueId")) });
    case "rings":
      return step("step.rings", { target: names.telephone(d.text("target")), ring: d.duration("ringMs") });
    case "asksSchedule":
      return step("step.asksSchedule", { schedule: names.schedule(d.text("scheduleId")) });
    case "schedule.answered":
      return step(scheduleStates[d.text("state")] ?? "step.scheduleOpen");
    case "asksQueue":
      return step("step.asksQueue", { queue: names.queue(d.text("queueId")) });
    case "queue.answered":
      return step("step.queueStands", {
        ...{ waiting: Number(event.details.waiting ?? 0), staffed: Number(event.details.staffed ?? 0) },
        longest: d.duration("longestMs"),
      });
    case "tells":
      return d.text("by") === "mail"
        ? step("step.tellsByMail")
        : step("step.tellsByWebhook", { topic: d.text("topic") });
    case "notice.answered":
      return d.text("result") === "done" ? step("step.told") : problem("step.notTold");
    case "asksSystem":
      return step("step.asksSystem", { method: d.text("method"), host: d.text("host") });
    case "request.answered":
      return systemAnswered(d.text("result"), Number(event.details.status ?? 0));
    case "queueMusic.answered":
      return step("step.queueMusic", { music: countIn(d.text("holdMusic")), adverts: countIn(d.text("adverts")) });
    case "queue.closed": {
      const [by, reason] = [d.text("by"), d.text("reason")];
      if (by === "") return step("step.queueClosed");
      return reason === "" ? step("step.queueClosedBy", { by }) : step("step.queueClosedFor", { by, reason });
    }
    case "place.answered":
      return placeStands(event);
    case "drawn":
      return step("step.drawn", { share: Math.floor(Number(event.details.share ?? 0) * 100) });
    case "records":
      return step("step.records", { box: names.voicemailBox(d.text("boxId")), longest: d.duration("maxMs") });
    case "record.done":
      return step(recordEnds[d.text("reason")] ?? "step.recordedByKey", { length: d.duration("durationMs") });
    case "setsRecording":
      return step(recordingWishes[d.text("wish")] ?? "step.recordingOff");
    case "recordsEcho":
      return step("step.recordsEcho");
    case "recordsGreeting":
      return step("step.recordsGreeting", { box: names.voicemailBox(d.text("boxId")) });
    case "asksMailbox":
      return asksMailbox(event, names);
    case "mailbox.answered":
      return mailboxAnswered(event);
    case "promisesCallback":
      return promisesCallback(event, names);
    case "slots.answered": {
      const count = Number(event.details.count ?? 0);
      return count === 0 ? step("step.noSlots") : step("step.slots", { count });
    }
    case "callback.answered":
      return step(callbackAnswers[d.text("result")] ?? "step.callbackRefused");
    case "looksUpContact":
      return step(d.text("by") === "number" ? "step.looksUpNumber" : "step.looksUpValue");
    case "contact.answered":
      return contactAnswered(d.text("result"), Number(event.details.matches ?? 0));
    case "asksIdentity":
      return step(
        d.text("what") === "send" ? (codesSent[d.text("by")] ?? "step.identitySendsMail") : "step.identityChecks",
      );
    case "identity.answered":
      return step(identities[d.text("result")] ?? "step.identityUnavailable");
    case "asksCentre":
      return step(centreQuestions[d.text("what")] ?? "step.centreLook", {
        schedule: names.schedule(d.text("scheduleId")),
      });
    case "centre.answered":
      return step(centreAnswers[d.text("result")] ?? "step.centreFailed");
    case "script":
      return step("step.script", { script: names.script(d.text("scriptId")) });
    case "timer":
      return step("step.timer", { due: { instant: Number(event.details.dueAt ?? 0) } });
    case "hangsUp":
      return step("step.hangsUp");
    case "moved":
      return moved(event, names);
    case "input.digits":
      return { ...step("step.digits"), keys: [...d.text("digits")] };
    case "offer.made":
    case "offer.refused":
    case "offer.expired":
    case "offer.withdrawn": {
      const key = d.text("reason") === "takenByOther" ? "step.takenByOther" : offers[kind];
      return step(key, { operator: names.operator(d.text("operatorId")) });
    }
    case "line.overflowed":
      return step(d.text("by") === "length" ? "step.overflowedByLength" : "step.overflowedByTime", {
        queue: names.queue(d.text("queueId")),
      });
    case "offer.accepted":
      return step("step.accepted", { operator: names.operator(d.text("operatorId")) });
    case "passedOn":
      return passedOn(event, names);
    case "handedOver":
      return step(event.details.confirmed === false ? "step.handedOverUnconfirmed" : "step.handedOver", {
        operator: names.operator(d.text("operatorId")),
      });
    case "referFailed":
      return problem(event.details.accepted === true ? "step.referFailed" : "step.referRefused", {
        status: d.text("sipStatus"),
      });
    case "holds":
      return step("step.holds", { operator: names.operator(d.text("operatorId")) });
    case "takesBack":
      return step("step.takesBack", { operator: names.operator(d.text("operatorId")), held: d.duration("heldMs") });
    case "leftOnHold":
      return problem("step.leftOnHold", { operator: names.operator(d.text("operatorId")) });
    case "holdFailed":
      return problem("step.holdFailed");
    case "supervises":
    case "supervisesAs":
      return step(supervising[d.text("mode")] ?? "step.supervises.listen");
    case "supervisionOver":
      return step(d.text("why") === "asked" ? "step.supervisionLeft" : "step.supervisionOver");
    case "supervisorIn":
    case "supervisorAs":
      return step(supervised[d.text("mode")] ?? "step.supervisor.listen", { who: d.text("userName") });
    case "supervisorOut":
      return step("step.supervisorOut", { who: d.text("userName") });
    case "meets":
      return step("step.meets");
    case "meetFailed":
      return problem("step.meetFailed");
    case "hungUpByOperator":
      return step("step.hungUpByOperator", { operator: names.operator(d.text("operatorId")) });
    case "dial.ended":
      return dialEnded(d.text("result"), d.duration("talkMs"));
    case "play.failed":
      return problem("step.playFailed", { reason: d.text("reason") });
    case "flow.failed":
      return failed(event, flowErrorWords);
    case "caller.gone":
      return step(goneBy[d.text("by")] ?? "step.callerGone");
    case "socketCut":
      return problem("step.socketCut", { cuts: d.text("cuts") });
    case "ended":
      return { ...step("step.ended"), end: ends.find((end) => end === d.text("by")) ?? "lost" };
    default: {
      const consult = consultStep(event, names);
      if (consult !== null) return { ...step(consult.key, consult.values), problem: consult.problem };
      const simple = simpleSteps[kind];
      if (simple !== undefined) return { ...step(simple), problem: problems.has(simple) };
      return step("step.other", { kind });
    }
  }
}

function systemAnswered(result: string, status: number): TraceStep {
  if (result === "ok") return step("step.systemAnswered", { status });
  if (result === "timeout") return problem("step.systemLate");
  return status === 0 ? problem("step.systemFailed") : problem("step.systemRefused", { status });
}

function passedOn(event: TraceEvent, names: CallNames): TraceStep {
  const d = reader(event.details);
  const operator = names.operator(d.text("operatorId"));
  const to = d.text("to");
  switch (d.text("kind")) {
    case "operator":
      return step("step.passedOnTo", { operator, to: names.operator(to) });
    case "queue":
      return step("step.passedOnToQueue", { operator, queue: names.queue(to) });
    case "flow":
      return step("step.passedOnToFlow", { operator, flow: to });
    case "switchboard":
      return step("step.passedOnToSwitchboard", { operator });
    default:
      return step("step.passedOnTo", { operator, to });
  }
}

const ends = ["caller", "operator", "us", "network", "lost"] as const;

function step(key: StepKey, values: TraceStep["values"] = {}): TraceStep {
  return { ...plain, key, values };
}

function problem(key: StepKey, values: TraceStep["values"] = {}): TraceStep {
  return { ...step(key, values), problem: true };
}

/** A call that was placed for a callback, or that an operator dialled. */
function placed({ details }: TraceEvent, names: CallNames): TraceStep {
  const d = reader(details);
  const operator = names.operator(d.text("operatorId"));
  if (d.has("listensTo"))
    return step("step.beganListening", { who: d.text("userName"), operator: d.text("listensTo") });
  if (details.alarm === true) return step("step.beganAlarm", { number: names.number(d.text("to")) });
  if (details.trial === true) return step("step.beganTrial", { number: names.number(d.text("to")) });
  if (details.test === true) return step("step.beganTest", { operator });
  const number = names.number(d.text("to"));
  if (!d.has("queueId")) return step("step.beganDialled", { operator, number });
  return step("step.beganPlaced", { operator, number, queue: names.queue(d.text("queueId")) });
}

/** How a supervisor is in a conversation: in the words of their own call, and of the one that they are in. */
const supervising: Readonly<Record<string, StepKey>> = {
  listen: "step.supervises.listen",
  whisper: "step.supervises.whisper",
  join: "step.supervises.join",
};
const supervised: Readonly<Record<string, StepKey>> = {
  listen: "step.supervisor.listen",
  whisper: "step.supervisor.whisper",
  join: "step.supervisor.join",
};

/** A prompt by what it says, a value (a number, a date) as it was when it was said; sound without words is only told. */
function hears(event: TraceEvent, names: CallNames): TraceStep {
  const d = reader(event.details);
  const key = d.text("who") === "operator" ? "step.operatorHears" : "step.hears";
  if (d.has("prompt")) return { ...step(key), quote: names.prompt(d.text("prompt"), d.text("language")) };
  if ("minutes" in event.details) return hearsPlace(event);
  const { slotAt } = event.details;
  if (typeof slotAt === "number") return step("step.hearsSlot", { time: { moment: slotAt }, key: d.text("key") });
  if (d.has("value")) return { ...step("step.hears"), quote: d.text("value") };
  if (d.has("text")) return { ...step("step.hears"), quote: d.text("text") };
  if (d.has("greetingOf")) return step("step.hearsGreeting", { box: names.voicemailBox(d.text("greetingOf")) });
  if (d.has("messageId")) return step("step.hearsMessage");
  return step(d.has("recordingId") ? "step.hearsOwnMessage" : "step.hearsMedia");
}

function promisesCallback({ details }: TraceEvent, names: CallNames): TraceStep {
  const d = reader(details);
  const { slotAt } = details;
  const promise = { number: names.number(d.text("number")), queue: names.queue(d.text("queueId")) };
  if (typeof slotAt === "number") return step("step.promisesCallbackAt", { ...promise, time: { moment: slotAt } });
  return step(slotAt === null ? "step.promisesCallbackSoon" : "step.promisesCallback", promise);
}

/** A question; or a message that keys may interrupt, which is one without time to answer after it. */
function asked(event: TraceEvent, names: CallNames): TraceStep {
  const d = reader(event.details);
  const patience = d.duration("patienceMs");
  if (typeof event.details.slotAt === "number") return hears(event, names);
  if (["value", "greetingOf", "messageId", "recordingId"].some(d.has)) return hears(event, names);
  if (!d.has("prompt")) return step("step.askedSilently", { patience });
  const quote = names.prompt(d.text("prompt"), d.text("language"));
  return patience.durationMs < 1_000
    ? { ...step("step.askedBriefly"), quote }
    : { ...step("step.asked", { patience }), quote };
}

function placeStands({ details }: TraceEvent): TraceStep {
  const { say, position, expectedWaitMs } = details;
  if (say === "never") return step("step.placeUntold");
  if (typeof position !== "number") return step("step.placeUnknown");
  if (typeof expectedWaitMs !== "number") return step("step.placeStands", { position });
  return step("step.placeAndWait", { position, wait: { durationMs: expectedWaitMs } });
}

function countIn(names: string): number {
  return names === "" ? 0 : names.split(" ").length;
}

function hearsPlace({ details }: TraceEvent): TraceStep {
  const { position, minutes } = details;
  const wait = typeof minutes === "number" ? { durationMs: minutes * 60_000 } : null;
  if (typeof position !== "number") return step("step.hearsWait", { wait: wait ?? { durationMs: 0 } });
  return wait ? step("step.hearsPlaceAndWait", { position, wait }) : step("step.hearsPlace", { position });
}

function asksMailbox({ details }: TraceEvent, names: CallNames): TraceStep {
  const d = reader(details);
  const box = names.voicemailBox(d.text("boxId"));
  switch (d.text("what")) {
    case "open":
      return d.has("number")
        ? step("step.mailboxOpenNumber", { number: d.text("number") })
        : step("step.mailboxOpen", { box });
    case "next":
      return step(d.text("list") === "new" ? "step.mailboxNextNew" : "step.mailboxNextKept");
    case "forward":
      return step("step.mailboxForward", { number: d.text("number") });
    default:
      return step(mailboxQuestions[d.text("what")] ?? "step.mailboxOpen", { box });
  }
}

function mailboxAnswered({ details }: TraceEvent): TraceStep {
  switch (details.result) {
    case "done":
      return step("step.mailboxDone", { new: Number(details.newCount ?? 0), kept: Number(details.keptCount ?? 0) });
    case "none":
      return step("step.mailboxNone");
    case "refused":
      return step("step.mailboxRefused");
    case "locked":
      return problem("step.mailboxLocked");
    default:
      return problem("step.mailboxFailed");
  }
}

function moved(event: TraceEvent, names: CallNames): TraceStep {
  const d = reader(event.details);
  const output = names.output(event.nodeId, d.text("output"));
  const { to } = event.details;
  // A key of the whole flow is no output of the node: the engine calls the way `key:0`.
  const [, key] = /^key:(.)$/.exec(d.text("output")) ?? [];
  if (key !== undefined && typeof to === "string") return step("step.movedByKey", { key, to: names.node(to) });
  return typeof to === "string"
    ? step("step.moved", { output, to: names.node(to) })
    : step("step.movedOut", { output });
}

function dialEnded(result: string, talk: StepValue): TraceStep {
  switch (result) {
    case "completed":
      return step("step.dialCompleted", { talk });
    case "busy":
      return problem("step.dialBusy");
    case "silent":
      return problem("step.dialSilent");
    default:
      return problem("step.dialUnreachable");
  }
}

function contactAnswered(result: string, matches: number): TraceStep {
  if (result === "several") return step("step.contactSeveral", { matches });
  if (result === "failed") return problem("step.contactFailed");
  return step(contactAnswers[result] ?? "step.contactNone");
}

function note(event: TraceEvent, flowErrorWords: FlowErrorWords): TraceStep {
  const code = event.kind.slice("note.".length);
  const sentence = flowErrorWords(code, scalars(event.details));
  return sentence === null ? problem("step.other", { kind: code }) : { ...problem("step.failed"), sentence };
}

function failed(event: TraceEvent, flowErrorWords: FlowErrorWords): TraceStep {
  const { code } = event.details;
  const sentence = typeof code === "string" ? flowErrorWords(code, scalars(event.details)) : null;
  return { ...problem("step.failed"), sentence };
}

type Scalar = string | number | boolean | null;

function scalars(details: TraceEvent["details"]): Readonly<Record<string, Scalar>> {
  const isScalar = (value: unknown): value is Scalar =>
    value === null || ["string", "number", "boolean"].includes(typeof value);
  const entries = Object.entries(details).filter((entry): entry is [string, Scalar] => isScalar(entry[1]));
  return Object.fromEntries(entries);
}

function reader(details: TraceEvent["details"]) {
  return {
    has: (name: string) => typeof details[name] === "string",
    text: (name: string) => String(details[name] ?? ""),
    duration: (name: string) => ({ durationMs: Number(details[name] ?? 0) }),
  };
}
