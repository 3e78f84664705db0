import type { CallDocument, TraceEvent } from "../calls/model.ts";
import { PASS_ON_FLOW } from "../calls/passings.ts";
import type {
  CallerExit,
  CallRecord,
  KeyedChoice,
  LeftMessage,
  PassedOn,
  QueueVisit,
  RecordNames,
  RungTelephone,
} from "./call-record.ts";
import { type Hints, resultOfCall } from "./result-of-call.ts";
import { SHORT_MS } from "./short-ms.ts";
import { wayOfCall, wayText } from "./way-of-call.ts";

/** What a record takes over from the call's own document. */
export type RecordedCall = Pick<
  CallDocument,
  | "_id"
  | "companyId"
  | "direction"
  | "from"
  | "hidden"
  | "callerName"
  | "to"
  | "lineId"
  | "lineName"
  | "flowId"
  | "flowVersionId"
  | "everyday"
  | "startedAt"
  | "answeredAt"
  | "endedAt"
  | "endedBy"
  | "firstNode"
>;

/** The kinds of trace lines that a record is told from: the others need not be read. */
export const toldKinds = [
  "began",
  "input.digits",
  "moved",
  "joinsQueue",
  "leavesQueue",
  "offer.accepted",
  "ringsTelephone",
  "ringsNumber",
  "telephone.missed",
  "number.missed",
  "rings",
  "dial.answered",
  "handedOver",
  "dial.ended",
  "caller.gone",
  "ended",
  "flow.failed",
  "callback.answered",
  "identity.answered",
  "passedOn",
  "holds",
  "takesBack",
  "holdFailed",
  "leftOnHold",
  "consultGiven",
  "records",
  "record.done",
  "keepsMessage",
  "recordsTalk",
  "dropsMessage",
  "play.failed",
] as const;

const isTold = (kind: string): kind is (typeof toldKinds)[number] => toldKinds.some((one) => one === kind);

interface Reading {
  readonly visits: QueueVisit[];
  readonly rung: RungTelephone[];
  readonly choices: KeyedChoice[];
  readonly passedOn: PassedOn[];
  readonly messages: LeftMessage[];
  /** The node that the call is in (null: the first of its flow), and that flow where another than it began in. */
  place: CallerExit;
  nodesVisited: number;
  recorded: boolean;
  /** It is a supervisor's, who comes into the conversation of another call. */
  listens: boolean;
  identity: CallRecord["identity"] | null;
  /** The operator of the offer that was accepted last. */
  accepted: { readonly offerId: string; readonly operatorId: string } | null;
  /** Keys that were pressed in a node: where the next line goes from there is what was chosen. */
  keyed: { readonly nodeId: string | null; readonly seq: number } | null;
  readonly hints: Hints;
}

/**
 * Tells what became of a call from its trace, `events` in order. Pure: the same trace gives the same record, whoever tells it and
 * however often. Of a call that runs it tells what is known so far (`result` null).
 */
export function recordOfCall(call: RecordedCall, events: readonly TraceEvent[], names: RecordNames): CallRecord {
  const reading: Reading = {
    visits: [],
    rung: [],
    choices: [],
    passedOn: [],
    messages: [],
    place: { nodeId: null },
    nodesVisited: 1,
    recorded: false,
    listens: false,
    identity: null,
    accepted: null,
    keyed: null,
    hints: { served: true, failed: false, placed: null, test: false, callback: false, message: false, recording: null },
  };
  for (const event of events) read(reading, event, names);
  // Of a call that nobody saw the end of there is no last line.
  if (call.endedAt !== null) callerGone(reading, call.endedAt);
  const { visits, rung, choices, passedOn, messages, place, nodesVisited, hints } = reading;
  const hungUp = call.endedBy === "caller" && !hints.placed && rung.every(({ answeredAt }) => answeredAt === null);
  const everyday = call.everyday?.find(({ flowId }) => flowId === call.flowId);
  const hidden = call.hidden ? { from: null, callerName: null } : { from: call.from, callerName: call.callerName };
  return {
    _id: call._id,
    companyId: call.companyId,
    direction: call.direction,
    ...hidden,
    hidden: call.hidden,
    to: call.to,
    lineId: call.lineId,
    lineName: call.lineName,
    flowId: call.flowId,
    flowVersionId: call.flowVersionId,
    ...(everyday && { everydayId: everyday.everydayId }),
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    endedBy: call.endedBy,
    result: call.endedAt === null ? null : resultOfCall(call, { visits, rung, hints }),
    visits,
    rung,
    choices,
    nodesVisited,
    ...wayOf(call, events),
    ...(passedOn.length > 0 && { passedOn }),
    ...(messages.length > 0 && { messages }),
    ...(hungUp && hints.served && { exit: place }),
    ...(rung.some(({ holds }) => holds) && { held: true as const }),
    ...(reading.recorded && { recorded: true }),
    ...(hints.test && { internal: true as const }),
    ...(reading.identity && { identity: reading.identity }),
    queueIds: unique([
      ...visits.map(({ queueId }) => queueId),
      ...rung.flatMap(({ queueId }) => (hints.placed && queueId ? [queueId] : [])),
    ]),
    operatorIds: unique(
      rung.flatMap(({ operatorId, answeredAt }) => (operatorId && (answeredAt || hints.placed) ? [operatorId] : [])),
    ),
  };
}

function wayOf(call: RecordedCall, events: readonly TraceEvent[]): Pick<CallRecord, "way"> {
  const way = wayOfCall(call, events);
  return way.length > 0 ? { way: wayText(way) } : {};
}

function read(reading: Reading, event: TraceEvent, names: RecordNames): void {
  const { at, kind, nodeId, details } = event;
  const text = (name: string) => (typeof details[name] === "string" ? String(details[name]) : null);
  const { hints } = reading;
  if (!isTold(kind)) return;
  switch (kind) {
    case "began":
      hints.served = details.served !== false;
      reading.listens = text("supervises") !== null;
      // A supervisor's own call, and one of an alarm, are nobody's business with the company either.
      hints.test = details.test === true || reading.listens || details.alarm === true;
      return;
    case "input.digits":
      reading.keyed = { nodeId, seq: event.seq };
      return;
    case "moved":
      if (nodeId !== null && reading.keyed?.nodeId === nodeId && event.seq === reading.keyed.seq + 1)
        reading.choices.push({ ...reading.place, at, nodeId, output: text("output") ?? "" });
      if (text("to") === null) return;
      reading.nodesVisited += 1;
      reading.place = { ...reading.place, nodeId: text("to") };
      return;
    case "passedOn": {
      const [kind, to] = [text("kind") as PassedOn["kind"], text("to") ?? ""];
      reading.passedOn.push({ at, operatorId: text("operatorId") ?? "", kind, to });
      reading.place = { nodeId: null, flowId: kind === "flow" ? to : PASS_ON_FLOW };
      return;
    }
    case "holds":
      if (!openHold(reading)) change(reading, { holds: [...(reading.rung.at(-1)?.holds ?? []), { at, until: null }] });
      return;
    case "takesBack":
    case "holdFailed":
      endHold(reading, at);
      return;
    case "leftOnHold":
      reading.place = { nodeId: null, flowId: PASS_ON_FLOW };
      return;
    case "consultGiven": {
      const [kind, to, toOperatorId] = [text("kind") as PassedOn["kind"], text("to") ?? "", text("toOperatorId")];
      reading.passedOn.push({ at, operatorId: text("operatorId") ?? "", kind, to, consulted: true });
      change(reading, { endedAt: at, outcome: "answered" });
      // Who was asked talks to the caller from now on: another conversation, in the same dial.
      reading.rung.push({
        ...{ offerId: text("offerId"), operatorId: toOperatorId, queueId: text("queueId"), target: to },
        operatorName: toOperatorId === null ? null : names.operator(toOperatorId),
        ...{ rangAt: at, answeredAt: at, endedAt: null, outcome: null },
      });
      return;
    }
    case "joinsQueue": {
      const queueId = text("queueId") ?? "";
      if (openVisit(reading)?.queueId === queueId) return;
      closeVisit(reading, at, "left");
      const outcome = "waiting" as const;
      reading.visits.push({ queueId, queueName: names.queue(queueId), nodeId, joinedAt: at, leftAt: null, outcome });
      return;
    }
    case "leavesQueue":
      closeVisit(reading, at, "left");
      return;
    case "offer.accepted":
      reading.accepted = { offerId: text("offerId") ?? "", operatorId: text("operatorId") ?? "" };
      return;
    case "ringsTelephone":
    case "ringsNumber": {
      // Nobody was to be reached: it is no conversation.
      if (reading.listens) return;
      const [operatorId, queueId] = [text("operatorId") ?? "", text("queueId")];
      hints.placed = kind === "ringsNumber" ? "partyFirst" : "operatorFirst";
      reading.rung.push({
        ...{ offerId: text("offerId"), operatorId, operatorName: names.operator(operatorId), queueId },
        ...(queueId !== null && { queueName: names.queue(queueId) }),
        target: text("telephoneId") ?? text("number"),
        ...{ rangAt: at, answeredAt: null, endedAt: null, outcome: null },
      });
      return;
    }
    case "telephone.missed":
    case "number.missed":
      dialEnded(reading, at, text("result") ?? "", 0);
      return;
    case "rings":
      // The operator has picked up, and the number is what rings now; where the number was first, it stays what was rung.
      // Once they were passed on, another telephone rings for them.
      if (hints.placed === null || !openRung(reading)) rings(reading, at, text("target"), text("offerId"), names);
      else if (hints.placed === "operatorFirst") change(reading, { target: text("target") });
      return;
    case "dial.answered":
      dialAnswered(reading, at);
      return;
    case "handedOver":
      dialAnswered(reading, at);
      change(reading, { handedOver: true });
      return;
    case "dial.ended":
      dialEnded(reading, at, text("result") ?? "", Number(details.talkMs ?? 0));
      return;
    case "caller.gone":
    case "ended":
      callerGone(reading, at);
      return;
    case "flow.failed":
      hints.failed = true;
      return;
    case "callback.answered":
      hints.callback ||= text("result") === "promised" || text("result") === "already";
      return;
    case "records":
      hints.recording = { at, minMs: Number(details.minMs ?? 0), doneMs: null };
      return;
    case "record.done":
      if (hints.recording) hints.recording = { ...hints.recording, doneMs: Number(details.durationMs ?? 0) };
      return;
    case "identity.answered":
      reading.identity = identityOf(text("by"), text("result"), at) ?? reading.identity;
      return;
    case "recordsTalk":
      reading.recorded = true;
      return;
    case "keepsMessage":
      leavesMessage(reading, at);
      hints.recording = null;
      return;
    case "dropsMessage":
      hints.recording = null;
      return;
    case "play.failed":
      // It was the recording that failed, or what was said after one that stands.
      if (hints.recording?.doneMs === null) hints.recording = null;
      return;
  }
}

function openVisit({ visits }: Reading): QueueVisit | undefined {
  return visits.at(-1)?.outcome === "waiting" ? visits.at(-1) : undefined;
}

function closeVisit(reading: Reading, leftAt: number, outcome: "answered" | "left" | "abandoned"): void {
  const visit = openVisit(reading);
  if (!visit) return;
  const short = outcome === "abandoned" && leftAt - visit.joinedAt < SHORT_MS;
  reading.visits[reading.visits.length - 1] = { ...visit, leftAt, outcome: short ? "shortAbandoned" : outcome };
}

function rings(
  reading: Reading,
  rangAt: number,
  target: string | null,
  offerId: string | null,
  names: RecordNames,
): void {
  endRung(reading, rangAt, "unreachable");
  const operatorId = offerId !== null && reading.accepted?.offerId === offerId ? reading.accepted.operatorId : null;
  reading.rung.push({
    offerId,
    operatorId,
    operatorName: operatorId === null ? null : names.operator(operatorId),
    queueId: offerId === null ? null : (openVisit(reading)?.queueId ?? null),
    target,
    rangAt,
    answeredAt: null,
    endedAt: null,
    outcome: null,
  });
}

function openRung({ rung }: Reading): RungTelephone | undefined {
  const last = rung.at(-1);
  return last?.endedAt === null ? last : undefined;
}

function change(reading: Reading, changed: Partial<RungTelephone>): void {
  const last = reading.rung.at(-1);
  if (last) reading.rung[reading.rung.length - 1] = { ...last, ...changed };
}

function openHold(reading: Reading) {
  const last = openRung(reading)?.holds?.at(-1);
  return last?.until === null ? last : undefined;
}

/** Taken back; or nothing came of parting the two, who went on talking. */
function endHold(reading: Reading, until: number): void {
  const open = openHold(reading);
  const { holds = [] } = reading.rung.at(-1) ?? {};
  if (open) change(reading, { holds: [...holds.slice(0, -1), { ...open, until }] });
}

function dialAnswered(reading: Reading, at: number): void {
  const open = openRung(reading);
  if (!open || open.answeredAt !== null) return;
  change(reading, { answeredAt: at });
  if (open.offerId !== null) closeVisit(reading, at, "answered");
}

function dialEnded(reading: Reading, at: number, result: string, talkMs: number): void {
  const open = openRung(reading);
  if (!open) return;
  // A conversation whose beginning went unheard: how long it was is known from its end.
  if (result === "completed" && open.answeredAt === null) dialAnswered(reading, Math.max(open.rangAt, at - talkMs));
  endHold(reading, at);
  if (result === "completed") change(reading, { endedAt: at, outcome: "answered" });
  else endRung(reading, at, result === "busy" || result === "silent" ? result : "unreachable");
}

function endRung(reading: Reading, at: number, unanswered: NonNullable<RungTelephone["outcome"]>): void {
  endHold(reading, at);
  const open = openRung(reading);
  if (open) change(reading, { endedAt: at, outcome: open.answeredAt === null ? unanswered : "answered" });
}

function callerGone(reading: Reading, at: number): void {
  endRung(reading, at, reading.hints.placed === "operatorFirst" ? "operatorLeft" : "callerLeft");
  closeVisit(reading, at, "abandoned");
  const { hints } = reading;
  const { recording } = hints;
  // What was said until the caller hung up is delivered when it is long enough to be a message.
  if (recording && (recording.doneMs ?? at - recording.at) >= recording.minMs) leavesMessage(reading, at);
  hints.recording = null;
}

function leavesMessage({ hints, messages, visits }: Reading, at: number): void {
  hints.message = true;
  messages.push({ at, queueId: visits.at(-1)?.queueId ?? null });
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/** How a caller's proof of who they are ended, so far; null: it goes on. */
function identityOf(by: string | null, result: string | null, at: number): CallRecord["identity"] | null {
  const means = (["pin", "mail", "sms"] as const).find((one) => one === by);
  const ends = (["verified", "locked", "unavailable"] as const).find((one) => one === result);
  if (!means) return null;
  if (ends) return { by: means, result: ends, at };
  return result === "wrong" ? { by: means, result: "failed", at } : null;
}
