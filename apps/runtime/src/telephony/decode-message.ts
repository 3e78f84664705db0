import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import type { CallFacts, TelephonyEvent } from "../ports/index.ts";
import { callFacts } from "./call-facts.ts";
import { dialResult } from "./dial-result.ts";
import { entryOfId, entryOfPath, type HookAddress, MACHINE_HOOK, turnOfId } from "./media-address.ts";
import {
  CallStatusSchema,
  CollectHookSchema,
  DialHookSchema,
  type Envelope,
  EnvelopeSchema,
  ErrorSchema,
  ListenHookSchema,
  PlayHookSchema,
  ProgressHookSchema,
  ReferHookSchema,
  SessionSchema,
  VerbStatusSchema,
} from "./message-schemas.ts";
import { surelyFits } from "./surely-fits.ts";

type EventOf<Kind extends TelephonyEvent["kind"]> = Extract<TelephonyEvent, { kind: Kind }>;

/** What a hook of ours says, before it is given something to answer with. */
export type HookResult =
  | Omit<EventOf<"playEnded">, "hook">
  | Omit<EventOf<"collectEnded">, "hook">
  | Omit<EventOf<"recordEnded">, "hook">
  | Omit<EventOf<"dialEnded">, "hook">
  | Omit<EventOf<"referProgress">, "hook">
  | Omit<EventOf<"referEnded">, "hook">
  | Omit<EventOf<"confirmAsked">, "hook">
  | Omit<EventOf<"noticeHeard">, "hook">
  | Omit<EventOf<"refusalHeard">, "hook">;

/** A message of jambonz, read. `msgid` stands where the message wants an ack. */
export type Incoming =
  | { readonly kind: "sessionNew"; readonly msgid: string; readonly facts: CallFacts }
  | { readonly kind: "sessionReconnect"; readonly msgid: string; readonly facts: CallFacts }
  /** The first word of a leg that was parted from its call, on a socket of its own. */
  | { readonly kind: "sessionParted"; readonly msgid: string; readonly facts: CallFacts }
  /** jambonz came back with a call that we placed and that is not answered: it has no facts of it to give yet (0.9.8, read). */
  | { readonly kind: "reconnectUnanswered"; readonly msgid: string }
  /** Asked for by REST (`call_hook`); see call-socket.ts for why it is not simply acked. */
  | { readonly kind: "sessionRedirect"; readonly msgid: string; readonly path: string }
  | {
      readonly kind: "hook";
      readonly msgid: string;
      readonly path: string;
      readonly result: HookResult;
      /** What is in its ack is ignored: of a play inside a gather, of how a referral goes. */
      readonly nested: boolean;
    }
  /** What jambonz makes out of whoever picked up a call that we placed; its ack says nothing. */
  | { readonly kind: "whoAnswered"; readonly msgid: string; readonly machine: boolean }
  /** A hook that none of our verbs asks for. */
  | { readonly kind: "otherHook"; readonly msgid: string; readonly path: string }
  /** `placed`: of a call that we placed, what is known of it. */
  | {
      readonly kind: "callTrying" | "callRinging" | "callAnswered";
      readonly callSid: string;
      readonly placed: CallFacts | null;
    }
  | {
      readonly kind: "callOver";
      readonly callSid: string;
      readonly event: EventOf<"callerGone">;
      readonly placed: CallFacts | null;
    }
  | {
      readonly kind: "leg";
      readonly parentSid: string;
      readonly event: EventOf<"legRinging" | "legAnswered" | "legEnded">;
    }
  | { readonly kind: "turn"; readonly event: EventOf<"apartStarted" | "apartEnded"> }
  | { readonly kind: "verbStarted"; readonly entry: number }
  | { readonly kind: "verbFinished"; readonly entry: number; readonly verb: string | null }
  | { readonly kind: "failure"; readonly entry: number | null; readonly code: string; readonly details: string }
  /** Of no interest. */
  | { readonly kind: "quiet" }
  /** Does not fit its schema. `msgid` when it must be acked nevertheless. */
  | { readonly kind: "malformed"; readonly what: string; readonly msgid: string | null };

const WANTS_ACK = new Set([
  "session:new",
  "session:reconnect",
  "session:redirect",
  "session:adulting",
  "verb:hook",
  "dial:confirm",
]);

/**
 * Reads one message. Never throws, whatever the text: what cannot be read comes back as `malformed`, with the msgid where one can be
 * made out, because a message that wants an ack and gets none costs the caller 5 s (seen: g2) or the call (seen: g1, d8).
 */
export function decodeMessage(text: string): Incoming {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { kind: "malformed", what: "not JSON", msgid: null };
  }
  const envelope = fits(EnvelopeSchema, parsed);
  return envelope ? readEnvelope(envelope) : { kind: "malformed", what: "envelope", msgid: null };
}

const SESSIONS = {
  "session:new": "sessionNew",
  "session:adulting": "sessionParted",
  "session:reconnect": "sessionReconnect",
} as const;

function readEnvelope(envelope: Envelope): Incoming {
  const data = envelope.data ?? {};
  const msgid = envelope.msgid ?? null;
  const malformed: Incoming = {
    kind: "malformed",
    what: envelope.type,
    msgid: WANTS_ACK.has(envelope.type) ? msgid : null,
  };
  if (WANTS_ACK.has(envelope.type) && msgid === null) return malformed;
  const ack = msgid ?? "";
  switch (envelope.type) {
    case "session:new":
    case "session:adulting":
    case "session:reconnect": {
      if (envelope.type === "session:reconnect" && Object.keys(data).length === 0) {
        return { kind: "reconnectUnanswered", msgid: ack };
      }
      const session = fits(SessionSchema, data);
      if (!session) return malformed;
      return { kind: SESSIONS[envelope.type], msgid: ack, facts: callFacts(session) };
    }
    case "session:redirect":
      return { kind: "sessionRedirect", msgid: ack, path: typeof envelope.hook === "string" ? envelope.hook : "" };
    case "verb:hook": {
      const path = typeof envelope.hook === "string" ? envelope.hook : "";
      if (path === MACHINE_HOOK)
        return { kind: "whoAnswered", msgid: ack, machine: "type" in data && data.type === "amd_machine_detected" };
      const address = entryOfPath(path);
      if (!address) return { kind: "otherHook", msgid: ack, path };
      const result = readHook(address, data);
      if (result === "quiet") return { kind: "otherHook", msgid: ack, path };
      const nested = ["prompt", "music", "progress"].includes(address.kind);
      return result ? { kind: "hook", msgid: ack, path, result, nested } : malformed;
    }
    case "dial:confirm": {
      const path = typeof envelope.hook === "string" ? envelope.hook : envelope.type;
      const address = entryOfPath(path);
      if (address?.kind !== "confirm") return { kind: "otherHook", msgid: ack, path };
      return { kind: "hook", msgid: ack, path, result: { kind: "confirmAsked", entry: address.entry }, nested: false };
    }
    case "call:status":
      return readCallStatus(data) ?? malformed;
    case "verb:status":
      return readVerbStatus(data) ?? malformed;
    case "jambonz:error":
      return readError(data) ?? malformed;
    default:
      return { kind: "quiet" };
  }
}

/** `quiet`: music that was stopped, which is no news. */
function readHook({ entry, kind, key }: HookAddress, data: unknown): HookResult | "quiet" | null {
  switch (kind) {
    case "play":
    case "prompt":
    case "music": {
      const play = fits(PlayHookSchema, data);
      if (!play) return null;
      const failed = play.status === "fail" || play.reason === "playFailed";
      return kind === "music" && !failed ? "quiet" : { kind: "playEnded", entry, failed };
    }
    case "collect": {
      const collect = fits(CollectHookSchema, data);
      return collect && { kind: "collectEnded", entry, digits: collect.digits ?? null };
    }
    case "keys": {
      const keys = fits(CollectHookSchema, data);
      if (!keys) return null;
      const pressed = typeof keys.digits === "string";
      return pressed
        ? { kind: "collectEnded", entry, digits: key ?? keys.digits ?? null }
        : { kind: "playEnded", entry, failed: false };
    }
    case "record": {
      const listen = fits(ListenHookSchema, data);
      return listen && { kind: "recordEnded", entry, key: listen.digits ?? null };
    }
    case "dial": {
      const dial = fits(DialHookSchema, data);
      if (!dial) return null;
      const sipStatus = dial.dial_sip_status ?? null;
      const result = dialResult(dial.dial_call_status ?? null, sipStatus);
      return { kind: "dialEnded", entry, result, sipStatus, legSid: dial.dial_call_sid ?? null };
    }
    case "refer": {
      const refer = fits(ReferHookSchema, data);
      const final = refer?.final_referred_call_status ?? null;
      return refer && { kind: "referEnded", entry, status: refer.refer_status, final };
    }
    case "notice": {
      const notice = fits(CollectHookSchema, data);
      return notice && { kind: "noticeHeard", entry, digits: notice.digits ?? null };
    }
    case "refusal":
      return { kind: "refusalHeard", entry };
    case "confirm":
      return null;
    case "progress": {
      const progress = fits(ProgressHookSchema, data);
      return progress && { kind: "referProgress", entry, status: progress.call_status };
    }
  }
}

function readCallStatus(data: unknown): Incoming | null {
  const status = fits(CallStatusSchema, data);
  if (!status) return null;
  const { call_sid: callSid, parent_call_sid: parentSid, call_status: word } = status;
  const sipStatus = status.sip_status ?? null;
  // A hook that could not be delivered is told twice (seen: g2); jambonz:error is the one with the verb's id.
  if (status.error !== undefined) return { kind: "quiet" };
  const over = word === "completed" || word === "failed" || word === "busy" || word === "no-answer";
  if (parentSid) {
    const leg = (event: EventOf<"legRinging" | "legAnswered" | "legEnded">): Incoming => ({
      kind: "leg",
      parentSid,
      event,
    });
    if (over) return leg({ kind: "legEnded", legSid: callSid, result: dialResult(word, sipStatus), sipStatus });
    if (word === "in-progress") return leg({ kind: "legAnswered", legSid: callSid });
    if (word === "ringing" || word === "early-media") {
      return leg({ kind: "legRinging", legSid: callSid, sipStatus: sipStatus ?? 180 });
    }
    return { kind: "quiet" };
  }
  const placed = placedFacts(status, data);
  if (over) {
    const result = dialResult(word, sipStatus);
    // Of a call that we placed 487 says that it rang long enough, not that a caller hung up (seen: e3, e6).
    const unanswered = placed && result !== "completed" ? { by: "network" as const, unanswered: result } : null;
    const by = goneBy(word, sipStatus, status.call_termination_by ?? null);
    const durationMs = Math.round((status.duration ?? 0) * 1000);
    const event: EventOf<"callerGone"> = { kind: "callerGone", by, sipStatus, durationMs, ...unanswered };
    return { kind: "callOver", callSid, event, placed };
  }
  if (word === "in-progress") return { kind: "callAnswered", callSid, placed };
  if (word === "trying") return { kind: "callTrying", callSid, placed };
  if (word === "ringing" || word === "early-media") return { kind: "callRinging", callSid, placed };
  return { kind: "quiet" };
}

/** A call that we placed is told of before there is a session: then a status is all that says which it is (seen: e1-e6). */
function placedFacts(status: Static<typeof CallStatusSchema>, data: unknown): CallFacts | null {
  if (status.direction !== "outbound" || status.customerData === undefined) return null;
  const facts = fits(SessionSchema, data);
  const read = facts && callFacts(facts);
  return read?.ourCallId ? read : null;
}

/** Who ended the call. `failed` is ours only when we declined: the socket knows and puts it right (a6, n2). */
function goneBy(word: string, sipStatus: number | null, terminatedBy: string | null): "caller" | "us" | "network" {
  if (terminatedBy === "caller") return "caller";
  if (terminatedBy === "jambonz") return "us";
  return word === "no-answer" && sipStatus === 487 ? "caller" : "network";
}

function readVerbStatus(data: unknown): Incoming | null {
  const status = fits(VerbStatusSchema, data);
  if (!status) return null;
  const turn = turnOfId(status.id);
  if (turn !== null && status.event === "starting") return { kind: "turn", event: { kind: "apartStarted", turn } };
  if (turn !== null && status.event === "finished") return { kind: "turn", event: { kind: "apartEnded", turn } };
  const entry = entryOfId(status.id);
  if (entry === null) return { kind: "quiet" };
  if (status.event === "starting") return { kind: "verbStarted", entry };
  if (status.event === "finished") return { kind: "verbFinished", entry, verb: status.name ?? null };
  return { kind: "quiet" };
}

/** jambonz's own words for what failed (seen: g2, g5, j1, j2), as codes. */
const ERROR_CODES: Readonly<Record<string, string>> = {
  "invalid actionHook response": "hookUndecided",
  "TTS error": "speechFailed",
  "ASR error": "recognitionFailed",
  InvalidMessage: "messageRefused",
};

function readError(data: unknown): Incoming | null {
  const error = fits(ErrorSchema, data);
  if (!error) return null;
  const message = error.msg ?? "";
  const details = typeof error.details === "string" ? `${message}: ${error.details}` : message;
  return {
    kind: "failure",
    entry: entryOfId(error.id),
    code: ERROR_CODES[message] ?? "failed",
    details: details.slice(0, 500),
  };
}

/** Most messages are certain at a quick look; what is not is looked at closely. */
function fits<T extends TSchema>(schema: T, data: unknown): Static<T> | null {
  let look = looks.get(schema);
  if (!look) {
    look = surelyFits(schema);
    looks.set(schema, look);
  }
  return look(data) || Value.Check(schema, data) ? (data as Static<T>) : null;
}
const looks = new Map<TSchema, (value: unknown) => boolean>();
