import type { FlowEvent } from "@cordboard/node-kit";
import fc from "fast-check";
import type { CallSnapshot } from "../call-snapshot.ts";

/** One thing that a host does to a call; which event it is depends on what the call has open. */
export interface HostChoice {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
}

export const hostChoices: fc.Arbitrary<readonly HostChoice[]> = fc.array(
  fc.record({ kind: fc.nat({ max: 99 }), a: fc.nat({ max: 30 }), b: fc.nat({ max: 30 }) }),
  { maxLength: 40 },
);

const DIAL_RESULTS = ["completed", "busy", "silent", "unreachable"] as const;
const KEYS = ["1", "2", "9", "0", "*", "#", "", "12", "5", "8", "3"] as const;
const STATES = ["open", "closed", "holiday"] as const;
const MAILBOX_RESULTS = ["done", "none", "refused", "done", "locked", "done", "failed"] as const;
const IDENTITIES = ["sent", "wrong", "verified", "wrong", "locked", "unavailable"] as const;
const CENTRES = [
  "open",
  "refused",
  "closedByHand",
  "openByHand",
  "holiday",
  "closed",
  "locked",
  "forbidden",
  "failed",
] as const;
const RESULTS = ["promised", "already", "full", "refused", "slotTaken"] as const;

const nobody = { result: "none", matches: 0, contacts: [] } as const;
const ines = {
  ...{ contactId: "contact_1", name: "Inès Roy", company: "", language: "en-GB", customerNumber: "1042", vip: true },
  ...{
    blocked: false,
    preferredOperatorId: "operator_1",
    lastOperatorId: "",
    fields: { contract: "gold" },
    externalIds: {},
  },
} as const;
const CONTACTS = [
  nobody,
  { result: "found", matches: 1, contacts: [ines] },
  { result: "several", matches: 2, contacts: [ines, { ...ines, contactId: "contact_2" }] },
  { result: "failed", matches: 0, contacts: [] },
  { result: "blocked", matches: 1, contacts: [{ ...ines, blocked: true }] },
] as const;

/** Mostly timely answers; also repeats of what came before, entries of other channels, failures, and now and then a hang-up. */
export function eventOf({ kind, a, b }: HostChoice, snapshot: CallSnapshot, past: readonly FlowEvent[]): FlowEvent {
  const { media, queue, timers, ask, request } = snapshot.open;
  const repeated = past[a % Math.max(1, past.length)];
  if (kind >= 80 && kind < 92 && repeated) return repeated;
  if (kind >= 92 && kind < 97) return anyEvent(b, a);
  if (kind === 97) return { type: "flow.failed", code: "hostFault" };
  if (kind === 98) return { type: "caller.gone", by: "caller" };
  if (ask && kind < 60) return answerOf(ask, a, b);
  if (request && kind < 40) return requestAnswer(request.entry, a, b);
  if (queue && kind < 15) {
    const target = { kind: "telephone", telephoneId: `t${b}` } as const;
    return { type: "offer.accepted", entry: queue.entry, offerId: `o${b}`, operatorId: "ines", target };
  }
  if (queue && kind < 16) return { type: "queue.unstaffed", entry: queue.entry };
  if (queue && kind === 16) return { type: "queue.closed", entry: queue.entry, by: null, reason: null };
  if (queue && kind < 18) return { type: "queue.busy", entry: queue.entry };
  if (queue && kind < 19) return { type: a % 2 === 0 ? "queue.full" : "queue.overflowed", entry: queue.entry };
  const [timer] = Object.entries(timers);
  if (timer && kind < 24) return { type: "timer.fired", entry: timer[1], timerId: timer[0] };
  const entry = media?.entry ?? 0;
  if (kind < 30) return { type: "play.failed", entry, reason: "404" };
  if (kind < 34) return { type: "media.lost", entry };
  switch (media?.kind) {
    case "collect":
      return kind % 3 === 0
        ? { type: "input.silence", entry }
        : { type: "input.digits", entry, digits: KEYS[a % KEYS.length] ?? "" };
    case "dial":
      if (kind % 3 === 0) return { type: "dial.answered", entry };
      return { type: "dial.ended", entry, result: DIAL_RESULTS[a % 4] ?? "busy", talkMs: b };
    case "record":
      return { type: "record.done", entry, recordingId: `r${entry}`, durationMs: a * 200, reason: "key" };
    default:
      return kind % 2 === 0
        ? { type: "input.digits", entry, digits: KEYS[a % KEYS.length] ?? "" }
        : { type: "play.done", entry };
  }
}

function answerOf({ kind, entry }: NonNullable<CallSnapshot["open"]["ask"]>, a: number, b: number): FlowEvent {
  switch (kind) {
    case "askSchedule":
      return { type: "schedule.answered", entry, state: STATES[a % STATES.length] ?? "open", version: null };
    case "askQueue":
      return {
        type: "queue.answered",
        entry,
        waiting: a,
        longestMs: a * 900,
        staffed: b % 3,
        expectedWaitMs: b > 20 ? null : b,
      };
    case "askQueueMusic": {
      const heard = (name: string) => ({ kind: "media", media: `sha256:${name}` }) as const;
      const [holdMusic, adverts] = [[heard("m1"), heard("m2")].slice(0, a % 3), [heard("a1")].slice(0, b % 2)];
      const advertEveryMs = a % 2 === 0 ? 30_000 : null;
      return { type: "queueMusic.answered", entry, holdMusic, adverts, advertEveryMs, version: null };
    }
    case "askPlace":
      return {
        ...{ type: "place.answered", entry, position: a % 5 === 0 ? null : a, waitedMs: b * 2_000 },
        expectedWaitMs: b > 20 ? null : b * 30_000,
        rules: { say: "both", firstMs: 10_000, everyMs: 30_000, upToPosition: 20, upToWaitMs: 900_000 },
      };
    case "askIdentity":
      return { type: "identity.answered", entry, by: "pin", result: IDENTITIES[a % IDENTITIES.length] ?? "wrong" };
    case "askCentre":
      return { type: "centre.answered", entry, result: CENTRES[a % CENTRES.length] ?? "failed", userId: `user_${b}` };
    case "draw":
      return { type: "drawn", entry, share: b / 31 };
    case "askMailbox":
      return mailboxAnswer(entry, a, b);
    case "lookUpContact":
      return { type: "contact.answered", entry, source: "contacts", ...(CONTACTS[a % CONTACTS.length] ?? nobody) };
    case "postNotice":
      return { type: "notice.answered", entry, result: a % 3 === 0 ? "failed" : "done" };
    case "askSlots":
      return { type: "slots.answered", entry, slots: [3_600_000, 7_200_000, 9e12].slice(0, a % 4), timeZone: "UTC" };
    case "promiseCallback":
      return { type: "callback.answered", entry, result: RESULTS[a % RESULTS.length] ?? "refused" };
  }
}

const REQUEST_RESULTS = ["ok", "refused", "failed", "timeout"] as const;

function requestAnswer(entry: number, a: number, b: number): FlowEvent {
  const result = REQUEST_RESULTS[a % REQUEST_RESULTS.length] ?? "failed";
  const values = [b, `text ${b}`, null, true].slice(0, b % 5);
  return { type: "request.answered", entry, result, status: a * 20, values, attempts: 1, reason: null };
}

function mailboxAnswer(entry: number, a: number, b: number): FlowEvent {
  const result = MAILBOX_RESULTS[a % MAILBOX_RESULTS.length] ?? "failed";
  const done = result === "done";
  return {
    type: "mailbox.answered",
    entry,
    result,
    box: done ? { boxId: "box", newCount: b % 3, keptCount: a % 3 } : null,
    message: done
      ? { messageId: `m${b}`, receivedAt: b, durationMs: 4_000, number: b % 2 === 0 ? null : "+33142860001" }
      : null,
    number: done ? "+33142860001" : null,
  };
}

function anyEvent(kind: number, entry: number): FlowEvent {
  const events: readonly FlowEvent[] = [
    { type: "advance", entry },
    { type: "play.done", entry },
    { type: "play.failed", entry, reason: "gone" },
    { type: "input.digits", entry, digits: "1" },
    { type: "input.silence", entry },
    { type: "timer.fired", entry, timerId: "maxWait" },
    { type: "queue.unstaffed", entry },
    {
      type: "offer.accepted",
      entry,
      offerId: "o1",
      operatorId: "ines",
      target: { kind: "telephone", telephoneId: "t1" },
    },
    { type: "dial.ringing", entry },
    { type: "dial.answered", entry },
    { type: "dial.ended", entry, result: "completed", talkMs: 1 },
    { type: "media.lost", entry },
    { type: "record.done", entry, recordingId: "r", durationMs: 9_000, reason: "maximum" },
    { type: "schedule.answered", entry, state: "open", version: "v" },
    { type: "queue.answered", entry, waiting: 1, longestMs: 1, staffed: 1, expectedWaitMs: null },
    { type: "drawn", entry, share: 0.5 },
    { type: "callback.answered", entry, result: "promised" },
    { type: "slots.answered", entry, slots: [3_600_000], timeZone: "UTC" },
    { type: "queue.busy", entry },
    mailboxAnswer(entry, kind, entry),
    { type: "queue.full", entry },
    { type: "queue.overflowed", entry },
    { type: "contact.answered", entry, source: "contacts", ...nobody },
    requestAnswer(entry, kind, entry),
    { type: "notice.answered", entry, result: "done" },
    { type: "centre.answered", entry, result: "open", userId: "user_1" },
  ];
  return events[kind % events.length] ?? { type: "play.done", entry };
}
