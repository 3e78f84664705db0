import type { CallResult } from "@cordboard/api";
import type { Identity } from "@cordboard/node-kit";
import type { CallDocument } from "../calls/model.ts";

/** One visit of a call to the line of a queue. */
export interface QueueVisit {
  readonly queueId: string;
  readonly queueName: string;
  readonly nodeId: string | null;
  /** UTC milliseconds, as all times here. */
  readonly joinedAt: number;
  /** Null while the caller waits. */
  readonly leftAt: number | null;
  readonly outcome: "waiting" | "answered" | "abandoned" | "shortAbandoned" | "left";
  /** The caller waited in other queues too; absent: only in this one. */
  readonly overflow?: {
    readonly at: number;
    readonly by: "time" | "length";
    readonly queues: readonly { readonly queueId: string; readonly queueName: string }[];
  };
  /** A supervisor put the caller before all others. */
  readonly movedUpAt?: number;
}

/** One time that an operator put the caller on hold, UTC milliseconds. */
export interface Hold {
  readonly at: number;
  readonly until: number | null;
}

/** One telephone that was rung for the caller. */
export interface RungTelephone {
  readonly offerId: string | null;
  readonly operatorId: string | null;
  readonly operatorName: string | null;
  /** The queue that the caller waited in, for an accepted offer; or that promised the callback. */
  readonly queueId: string | null;
  /** Of a callback, whose call waited in no line. */
  readonly queueName?: string;
  readonly target: string | null;
  readonly rangAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: "answered" | "busy" | "silent" | "unreachable" | "callerLeft" | "operatorLeft" | null;
  /** When the caller was on hold; `until` null: they are. Absent: never. */
  readonly holds?: readonly Hold[];
  /** The exchange had the conversation: how long it was is not known. Absent: it went through us. */
  readonly handedOver?: boolean;
}

export interface KeyedChoice {
  readonly at: number;
  readonly nodeId: string;
  readonly output: string;
  /** The flow that the node is in; absent: the one that the call came in on. */
  readonly flowId?: string;
}

/** One time that an operator passed the caller on. */
export interface PassedOn {
  readonly at: number;
  readonly operatorId: string;
  readonly kind: "operator" | "queue" | "flow" | "number" | "telephone" | "switchboard";
  readonly to: string;
  /** They were asked first. Absent: not. */
  readonly consulted?: true;
}

/** A message that the caller left, and the queue in which they had waited last. */
export interface LeftMessage {
  readonly at: number;
  readonly queueId: string | null;
}

/** Where a caller hung up who had talked to nobody: the node (null: the first of the flow), and its flow where another than they came in on. */
export interface CallerExit {
  readonly nodeId: string | null;
  readonly flowId?: string;
}

/**
 * One row a call: what became of it, told from its trace. Written once, when the call is over and told to everybody; of a call that runs
 * it is told anew each time. A hidden number, and a name that came with it, are not in it.
 */
export interface CallRecord {
  /** The call's id. */
  readonly _id: string;
  readonly companyId: string;
  readonly direction: CallDocument["direction"];
  readonly from: string | null;
  readonly hidden: boolean;
  readonly callerName: string | null;
  readonly to: string;
  readonly lineId: string | null;
  readonly lineName: string;
  readonly flowId: string | null;
  readonly flowVersionId: string | null;
  /** The version of the flow's everyday settings that it began with; absent: none of them had a value of its own. */
  readonly everydayId?: string;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly endedBy: CallDocument["endedBy"];
  /** Null while it runs. */
  readonly result: CallResult | null;
  readonly visits: readonly QueueVisit[];
  readonly rung: readonly RungTelephone[];
  readonly choices: readonly KeyedChoice[];
  readonly nodesVisited: number;
  /** The nodes of the flow that it came in on, in order (way-of-call.ts), as text: most who read a record do not ask. Absent in records of before. */
  readonly way?: string;
  /** Absent, as in records of before: never. */
  readonly passedOn?: readonly PassedOn[];
  /** Absent, as in records of before: none. */
  readonly messages?: readonly LeftMessage[];
  /** Absent, as in records of before: they did not. */
  readonly exit?: CallerExit;
  /** The caller was on hold in it. Absent, as in records of before: never. */
  readonly held?: true;
  /**
   * Within the company: a telephone was tried, a supervisor came into a conversation, somebody was told of alarms. No figure counts it, and no
   * program is told. Absent: somebody outside called, or was called.
   */
  readonly internal?: true;
  /** A conversation of it was recorded, and is kept still. Absent in records of before. */
  readonly recorded?: boolean;
  /** Whether the caller proved who they are. Absent where the flow did not ask. */
  readonly identity?: Identity & { readonly at: number };
  /**
   * What the list is searched by: the queues waited in and the operators talked to, each once, in order. Of a call that was placed for a
   * callback, the queue that promised it and the operator who made it, also in vain.
   */
  readonly queueIds: readonly string[];
  readonly operatorIds: readonly string[];
  /** What operators said that came of it, each code once. Absent in records of an earlier version: nothing. */
  readonly outcomes?: readonly string[];
  /**
   * What was answered in guided conversations: `<scriptId>|<question>`, and with `|<value>` where it is no text. Absent in records of before,
   * which are not found by it.
   */
  readonly answers?: readonly string[];
}

/** Names for the ids of a call; what has none is named by its id. */
export interface RecordNames {
  queue(queueId: string): string;
  operator(operatorId: string): string;
}

/** The number of whoever is not the company: who called, or who was called. Null when it is hidden or not known. */
export function otherNumber({ direction, from, to }: Pick<CallRecord, "direction" | "from" | "to">): string | null {
  return direction === "outbound" ? to : from;
}

/** In all lines together, milliseconds; `now` is where a call that runs stands. */
export function waitMs({ visits }: CallRecord, now: number): number {
  return visits.reduce((sum, { joinedAt, leftAt }) => sum + Math.max(0, (leftAt ?? now) - joinedAt), 0);
}

/** In conversation with whoever was rung, milliseconds. */
export function talkMs({ rung }: CallRecord, now: number): number {
  return rung.reduce((sum, telephone) => sum + rungTalkMs(telephone, now), 0);
}

/** What the exchange had of it is not known, and counts nothing. */
export function rungTalkMs({ answeredAt, endedAt, handedOver }: RungTelephone, now: number): number {
  return answeredAt === null || handedOver ? 0 : Math.max(0, (endedAt ?? now) - answeredAt);
}

/** From the first ring to the answer, or to the end of the attempt. */
export function ringMs({ rangAt, answeredAt, endedAt }: RungTelephone, now: number): number {
  return Math.max(0, (answeredAt ?? endedAt ?? now) - rangAt);
}

/** On hold, milliseconds: part of the talk. `now` is where a call that runs stands. */
export function heldMs({ holds = [], endedAt }: RungTelephone, now: number): number {
  return holds.reduce((sum, { at, until }) => sum + Math.max(0, (until ?? endedAt ?? now) - at), 0);
}
