import type { CallSnapshot } from "@cordboard/engine";
import type {
  AskEffect,
  AttachedScript,
  DialResult,
  DialTarget,
  FlowRequest,
  MediaEffect,
  RecordingWish,
} from "@cordboard/node-kit";
import type { Connection } from "mongoose";
import type {
  CalledParty,
  ConsultFailure,
  ConsultTarget,
  EverydayUse,
  JoinRequest,
  LegReport,
  PassOnTarget,
  SupervisionMode,
  TalkListener,
} from "../ports/index.ts";

/** One line of a call's trace. `seq` counts from 1 in each call without a gap. */
export interface TraceEvent {
  readonly seq: number;
  /** UTC milliseconds. */
  readonly at: number;
  readonly kind: string;
  readonly nodeId: string | null;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** A timer of a call, kept with the call: a process that takes the call over arms it again. Firing twice does no harm (`entry`). */
export interface CallTimer {
  readonly timerId: string;
  readonly entry: number;
  readonly dueAt: number;
}

/**
 * What is owed to the call centre, and to the voicemail. Stays until it was confirmed, so it may be told twice: every item is safe to repeat.
 * `id` is the item's own within the call, for good (see owing.ts).
 */
export type OutboxItem = { readonly id: string } & (
  | { readonly kind: "join"; readonly request: Omit<JoinRequest, "companyId" | "callId" | "card"> }
  | { readonly kind: "leave"; readonly queueId: string; readonly entry: number }
  | { readonly kind: "leg"; readonly offerId: string | null; readonly report: LegReport }
  | { readonly kind: "ended"; readonly by: "caller" | "us" | "network" }
  /** For the voicemail: a recording that is to be delivered (`keep`), or taken back. */
  | {
      readonly kind: "message";
      readonly recordingId: string;
      readonly keep: { readonly boxId: string; readonly minMs: number } | null;
    }
  /** For the conversation that a supervisor is in, and the audit log: how they are in it from now on; null: they have left. */
  | { readonly kind: "supervision"; readonly mode: SupervisionMode | null }
  /** For another system: a request of the flow. Done when it was asked as often as it may be, whatever came of it. */
  | { readonly kind: "request"; readonly entry: number; readonly request: FlowRequest }
  /** A conversation that is over: what was recorded of it is to be kept. */
  | { readonly kind: "talk"; readonly talk: RecordedTalk }
);

/** A recording that was begun and neither kept nor dropped. */
export interface OpenRecording {
  readonly recordingId: string;
  readonly boxId: string;
  readonly minMs: number;
  /** Absent: a message. */
  readonly purpose?: "message" | "greeting" | "echo";
  /** Once it is over. */
  readonly durationMs: number | null;
}

/**
 * The conversation that is recorded, from its beginning to its end. `paused`: nothing of it is sent just now, by an operator's wish.
 */
export interface RecordedTalk {
  readonly recordingId: string;
  readonly state: "on" | "paused";
  readonly queueId: string | null;
  readonly operatorId: string | null;
  readonly operatorName: string | null;
  readonly startedAt: number;
  /** For how many days it is kept; absent: as its queue says. */
  readonly days?: number;
  /** The call has another leg since it was sent last (record 60): it is to be sent from that one. */
  readonly moved?: true;
}

/** Whether the conversation of a call that we place is recorded: settled before anybody is rung. */
export interface RecordingPlan {
  /** From its first word: drawn by lot. */
  readonly begins: boolean;
  /** The operator may begin it. */
  readonly byOperator: boolean;
  /** Whoever was called is told before, and may refuse. */
  readonly notice: boolean;
  readonly days: number;
}

/** What the caller should be hearing, and what is known of its way to jambonz. */
export interface CallMedia {
  readonly effect: MediaEffect;
  readonly since: number;
  /**
   * `due`: committed, perhaps not sent. `sent`: handed to a socket, a dial about to be. `started`: jambonz said so. After a reconnect `due` is
   * ambiguous but for a dial (the process may have died between sending and noting it): see recovery.ts.
   */
  readonly evidence: "due" | "sent" | "started";
}

/** The telephone that is being rung, or talked to, for an accepted offer or a transfer. */
export interface CallLeg {
  readonly entry: number;
  readonly offerId: string | null;
  readonly operatorId: string | null;
  readonly operatorName: string | null;
  /** jambonz's call_sid of the leg, once it rang. */
  readonly legSid: string | null;
  readonly state: "dialling" | "ringing" | "talking";
  /** Somebody picked up, and is told that the conversation may be recorded; they are connected when they have heard it. */
  readonly telling?: true;
  /** The call's ownerEpoch when it was dialled: a higher one now means that something may have been said that nobody heard. */
  readonly ownerEpoch: number;
  readonly answeredAt: number | null;
  /** The exchange rings it, and has the conversation (REFER). Absent: we do, and talk through it. */
  readonly way?: "refer";
  /** The operator is not heard. */
  readonly muted?: boolean;
  /** Who was asked first and has the call since: another conversation in the same dial, with a number of its own. */
  readonly consulted?: number;
}

/**
 * The legs of a conversation are apart: the operator's is a session of its own, in a conference that is named by the call's id (decision
 * record 42). While the dial is being given up for that they are `parting`.
 */
export interface Apart {
  /** The operator's leg. */
  readonly legSid: string;
  /** Of the dial that they talk in, as far as the flow knows. */
  readonly entry: number;
  /** Where the caller goes whom the operator's end leaves on hold. */
  readonly queueId: string | null;
  readonly stage: "parting" | "apart";
  /** The caller hears music; otherwise they are in the conference. */
  readonly held: boolean;
  /** When that changed last. */
  readonly since: number;
  /** Counts what the caller was sent while apart; `evidence` as of media. */
  readonly turn: number;
  readonly evidence: CallMedia["evidence"];
  /** The operator was silenced, or given their voice back, as their leg was on its way: it is told so when it is there. */
  readonly voice?: "due";
  /** What the operator's own leg is in, and whether it was told so. Absent: the conference, since the legs were parted. */
  readonly asker?: { readonly hears: OperatorHears; readonly evidence: "due" | "sent" };
}

/** `ringing`: music, while somebody is called whom they ask; a reason: said, and then the conference. */
export type OperatorHears = "room" | "ringing" | ConsultFailure;

/**
 * Somebody is asked before the call is passed on, by the operator who talks: a colleague, to whom that is offered first, or a telephone. Their
 * leg is one that we place, into the conference of the call (decision record 50).
 */
export interface Consult {
  /** Its number among the entries of the call: names its place in line, and its leg. */
  readonly entry: number;
  readonly to: ConsultTarget;
  /** Who asks, and what they have chosen and noted. */
  readonly by: {
    readonly offerId: string | null;
    readonly operatorId: string;
    readonly outcome: string | null;
    readonly note: string;
  };
  /** Where the conversation came from. */
  readonly queueId: string;
  /**
   * `offered`: to who may take it. `due`: jambonz has surely not been asked to call. `asked`: it may have been. `failed`: it is over, and the
   * operator who asks is still to decide.
   */
  readonly stage: "offered" | "due" | "asked" | "ringing" | "talking" | "failed";
  /** When that began, UTC ms. */
  readonly since: number;
  /** Who took it. Null: nobody (yet), or no operator. */
  readonly taken: { readonly offerId: string; readonly operatorId: string; readonly operatorName: string } | null;
  readonly target: DialTarget | null;
  readonly legSid: string | null;
  /** Until when its telephone is waited for, UTC ms. */
  readonly until: number | null;
  readonly why: ConsultFailure | null;
  /** Whoever picked up was told to come into the conference. */
  readonly roomed?: true;
  /** Whoever is asked is not heard. */
  readonly muted?: boolean;
}

/** Of a call that we place: the operator's telephone is called first, then the number (`to` of the call); or the other way round. */
export interface PlacedCall {
  /** All three null: the operator dialled it. */
  readonly callbackId: string | null;
  readonly offerId: string | null;
  readonly queueId: string | null;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly telephoneId: string;
  /** Absent: the number. */
  readonly party?: CalledParty;
  /** Who is called first. Absent: the operator. */
  readonly first?: "operator" | "party";
  readonly leavesMachines?: true;
  /**
   * `due`: written, and jambonz has surely not been asked. `asked`: it may have been. `ringing`: whoever is called first. `pickedUp`: the
   * flow has begun, or is about to.
   */
  readonly stage: "due" | "asked" | "ringing" | "pickedUp";
  /** How whoever is called first did not pick up. */
  readonly notPickedUp: Exclude<DialResult, "completed"> | "machine" | null;
  /** How the other one did not answer. */
  readonly numberFailed: Exclude<DialResult, "completed"> | null;
  /** The call centre was told that the conversation is over. */
  readonly toldOver: boolean;
  /**
   * The person is a caller like others by now, who waits in line or was passed on: what happens from now on is told of whoever has them there.
   * They were rung first and picked up, the operator's telephone did not; or the operator's conversation with them is over.
   */
  readonly inLine?: true;
  /** The operator was rung first, and the person has been brought to our end of the line since: `callSid` is of their leg. */
  readonly turned?: true;
  /** Absent: it is not recorded. */
  readonly recording?: RecordingPlan;
  /** The person was told that the conversation may be recorded, and did not refuse. */
  readonly told?: true;
  /** Its operator does not want it any more, and nobody had answered: how it ends is of their doing. */
  readonly calledOff?: true;
}

/** How the supervisor whose call this is (`placed.party`) is in the conversation that they listen to. */
export interface Supervision {
  readonly mode: SupervisionMode;
  /** In which modes they were in it, in order; empty: they have not come in yet. */
  readonly modes: readonly { readonly mode: SupervisionMode; readonly since: number }[];
}

/** One time that an operator passed the call on. */
export interface Passing {
  /** The offer by which the operator had got the call (null: they had dialled it), and the queue that it came from. */
  readonly offerId: string | null;
  readonly operatorId: string;
  readonly queueId: string;
  readonly to: PassOnTarget | ConsultTarget;
  readonly place: "head" | "kept";
  readonly at: number;
  readonly outcome: string | null;
  readonly note: string;
}

/**
 * One call, one document, one write a step: conditional on `rev` and `ownerEpoch`, so of two processes that both believe they own the
 * call at most one can write, and the other learns it.
 */
export interface CallDocument {
  readonly _id: string;
  readonly companyId: string;
  readonly rev: number;
  /** Rises with every (re)connection and every take-over. */
  readonly ownerEpoch: number;
  /** The process that holds the call; its aliveness is in `processes`. */
  readonly owner: string;
  /** jambonz's id of the leg at our end: the caller's; in a call that we place, whose who is rung first, and our own id of the call until that is known. */
  readonly callSid: string;
  readonly direction: "inbound" | "outbound";
  readonly from: string | null;
  readonly hidden: boolean;
  readonly callerName: string | null;
  readonly to: string;
  /** The number that was dialled first; absent: the call was not diverted here. */
  readonly firstDialled?: string;
  readonly lineId: string | null;
  readonly lineName: string;
  readonly flowId: string | null;
  readonly flowVersionId: string | null;
  /** The versions of everyday settings that it began with; absent: none was given a value. */
  readonly everyday?: readonly EverydayUse[];
  readonly language: string;
  readonly status: "live" | "ended";
  readonly startedAt: number;
  readonly answeredAt: number | null;
  /** Until when it may stay unanswered while something is heard, UTC ms; absent: it is answered with the first that is. */
  readonly answerBy?: number;
  readonly endedAt: number | null;
  /** `operator`: of a call that we placed, who is then the one at its own end of the line. */
  readonly endedBy: "caller" | "operator" | "us" | "network" | "lost" | null;
  readonly snapshot: CallSnapshot | null;
  /** The first node of the flow that the call came in on; absent: it is in none, or of an earlier release. */
  readonly firstNode?: string;
  /** Since when it is in the node of its snapshot, UTC ms, what runs inside that node included. Absent in calls of an earlier release. */
  readonly nodeSince?: number;
  readonly timers: readonly CallTimer[];
  readonly outbox: readonly OutboxItem[];
  /** How many items were ever owed; absent: in a call of an earlier version, none that is named by it. */
  readonly owedSeq?: number;
  readonly media: CallMedia | null;
  readonly queue: { readonly queueId: string; readonly entry: number; readonly since: number } | null;
  readonly leg: CallLeg | null;
  /** Absent or null: caller and operator are in one dial, as ever. */
  readonly apart?: Apart | null;
  /** Absent or null: nobody is asked. */
  readonly consult?: Consult | null;
  /** Legs that have no business in the call any more and may not have been hung up. */
  readonly dismissed?: readonly string[];
  /** Supervisors who are in the conversation beside the two; absent: nobody was. */
  readonly listeners?: readonly TalkListener[];
  /** Of a call by which a supervisor comes into the conversation of another one. */
  readonly supervision?: Supervision;
  /** jambonz' ids of all the legs that were dialled in this call, as far as they were heard of; absent: of none. */
  readonly knownLegs?: readonly string[];
  readonly script: AttachedScript | null;
  /** Absent, as in calls of before: a call that came in. */
  readonly placed?: PlacedCall | null;
  /** The flow that a call which an operator passed on is in; absent: the one that it came in on. */
  readonly running?: {
    readonly flowId: string;
    readonly flowVersionId: string;
    readonly everyday?: readonly EverydayUse[];
  } | null;
  /** How it was passed on, the latest last. */
  readonly passings?: readonly Passing[];
  /** What the flow asked the host and was not answered yet: only between two writes, or after a process died there. */
  readonly ask?: AskEffect | null;
  readonly recordings?: readonly OpenRecording[];
  /** What the flow said of recording; absent or null: the queue decides. */
  readonly recordingWish?: RecordingWish | null;
  readonly recordedTalk?: RecordedTalk | null;
  /** How often the socket was cut: after the fourth reconnection jambonz does not come back by itself (protocol fact 42). */
  readonly cuts: number;
  readonly cutAt: number | null;
  /** Whether the call record is still to be written: from the call's beginning until it is over, told to everybody and recorded. */
  readonly unrecorded: boolean;
  readonly traceSeq: number;
  readonly traceTail: readonly TraceEvent[];
}

/** A trace event that has left the call's document. */
export interface StoredTraceEvent extends TraceEvent {
  /** `<callId>.<seq>`: moving it twice does no harm. */
  readonly _id: string;
  readonly callId: string;
  readonly companyId: string;
}

/** A process that may own calls. One that has not said for `aliveMs` that it lives has lost them. */
export interface ProcessDocument {
  readonly _id: string;
  readonly aliveAt: number;
}

/** The collections of this feature. Only calls/ writes to them; traces/ reads. */
export function callCollections(connection: Connection) {
  return {
    calls: connection.collection<CallDocument>("calls"),
    traceEvents: connection.collection<StoredTraceEvent>("traceEvents"),
    processes: connection.collection<ProcessDocument>("processes"),
  };
}

export type CallCollections = ReturnType<typeof callCollections>;

/** Creates the indexes; safe to call at each start. */
export async function prepareCallCollections({ calls, traceEvents }: CallCollections): Promise<void> {
  await calls.createIndex({ callSid: 1 }, { unique: true });
  const unrecorded = { unrecorded: true };
  await calls.createIndex(
    { companyId: 1, startedAt: -1, _id: -1 },
    { partialFilterExpression: unrecorded, name: "unrecordedByStart" },
  );
  await calls.createIndex({ owner: 1 }, { partialFilterExpression: { status: "live" }, name: "liveByOwner" });
  await calls.createIndex({ endedAt: 1 }, { partialFilterExpression: unrecorded, name: "unrecordedByEnd" });
  await traceEvents.createIndex({ companyId: 1, callId: 1, seq: 1 });
}
