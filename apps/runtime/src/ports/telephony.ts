/**
 * What the call core knows of telephony. The jambonz adapter (`../telephony/`) is the only implementation; tests have a recording one.
 *
 * A *connection* is the socket that jambonz opened for one leg. Who holds it owns the call (design: every (re)connection raises the
 * call's ownerEpoch). The adapter keeps the protocol's rules (acks by msgid, in time, validated lists); the core decides what is heard.
 */
import type { DialResult } from "@cordboard/node-kit";

/** A jambonz verb, ready to send: validated against the specification of 0.1.13 before it leaves. */
export interface Verb {
  readonly verb: string;
  readonly [property: string]: unknown;
}

/** Whom jambonz is asked to call. */
export type JambonzTarget =
  | { readonly type: "phone"; readonly number: string; readonly trunk?: string }
  | { readonly type: "user"; readonly name: string }
  | { readonly type: "sip"; readonly sipUri: string };

/** What `session:new` (or the stale copy in `session:reconnect`) says of a call. */
export interface CallFacts {
  readonly callSid: string;
  readonly direction: "inbound" | "outbound";
  /** As received; `null` when hidden (see `hidden`). */
  readonly from: string | null;
  readonly hidden: boolean;
  readonly to: string;
  /** The number that the caller had dialled, where the call was diverted here. Absent, or null: it was not. */
  readonly firstDialled?: string | null;
  readonly callerName: string | null;
  readonly accountSid: string;
  readonly applicationSid: string | null;
  readonly trunk: string | null;
  /** Of a call that we placed: our own id of it, which went along and comes back with everything that jambonz says of it. */
  readonly ourCallId: string | null;
  /** Of a dialled leg that has become a session of its own (see the command `part`): the call_sid of the leg that had dialled it. */
  readonly parentSid?: string;
}

/** Something that jambonz said of a leg, already decoded. `entry` comes from the hook's path or the verb's id, which we chose. */
export type TelephonyEvent =
  | { readonly kind: "playEnded"; readonly entry: number; readonly failed: boolean; readonly hook: PendingHook }
  | {
      readonly kind: "collectEnded";
      readonly entry: number;
      readonly digits: string | null;
      readonly hook: PendingHook;
    }
  /** The listening for a recording is over; `key` ended it, or something else did (its time, its socket, a refusal). */
  | { readonly kind: "recordEnded"; readonly entry: number; readonly key: string | null; readonly hook: PendingHook }
  | {
      readonly kind: "dialEnded";
      readonly entry: number;
      readonly result: DialResult;
      readonly sipStatus: number | null;
      readonly legSid: string | null;
      readonly hook: PendingHook;
    }
  /** The exchange tells how it goes with a caller whom it was asked to take: a SIP status (180, 200, 486 …). */
  | { readonly kind: "referProgress"; readonly entry: number; readonly status: number; readonly hook: PendingHook }
  /**
   * Asking the exchange to take the caller is over: `status` is its answer (202: it will), `final` what became of it; null with 202: it
   * has not said within 15 s.
   */
  | {
      readonly kind: "referEnded";
      readonly entry: number;
      readonly status: number;
      readonly final: number | null;
      readonly hook: PendingHook;
    }
  /**
   * The telephone that was dialled was picked up, and is not connected yet: what it is to hear before (nothing: it is connected at once). Answers to these
   * three that come too late are dropped: it is connected by then.
   */
  | { readonly kind: "confirmAsked"; readonly entry: number; readonly hook: PendingHook }
  /** They have heard the announcement; `digits`: the key that cut it short. */
  | { readonly kind: "noticeHeard"; readonly entry: number; readonly digits: string | null; readonly hook: PendingHook }
  /** They have heard what became of their key. */
  | { readonly kind: "refusalHeard"; readonly entry: number; readonly hook: PendingHook }
  /** A hook that no verb of ours asked for, or of a verb that was killed: the adapter has acked it with []. */
  | { readonly kind: "strayHook"; readonly path: string }
  /** jambonz started a verb of entry `entry`: proof that it received what was sent. */
  | { readonly kind: "mediaStarted"; readonly entry: number }
  /** A verb of this entry failed or its hook could not be delivered or decided in time; the caller may be hearing nothing. */
  | { readonly kind: "mediaLost"; readonly entry: number | null; readonly code: string; readonly details: string }
  /** jambonz started, or is over with, what a leg that is apart was sent as its `turn`; a verb of the turn that was replaced ends as well. */
  | { readonly kind: "apartStarted" | "apartEnded"; readonly turn: number }
  | { readonly kind: "answered" }
  /** Of a call that we placed: the telephone that was called rings. */
  | { readonly kind: "placedRinging" }
  /** Of a call that we placed: it was picked up, and from now on there is something to be heard in it. */
  | { readonly kind: "placedAnswered" }
  /** Of a call that we placed: an answering machine picked up. Told where the order asked for it and jambonz has a recogniser. */
  | { readonly kind: "machineAnswered" }
  | { readonly kind: "legRinging"; readonly legSid: string; readonly sipStatus: number }
  | { readonly kind: "legAnswered"; readonly legSid: string }
  | {
      readonly kind: "legEnded";
      readonly legSid: string;
      readonly result: DialResult;
      readonly sipStatus: number | null;
    }
  | {
      readonly kind: "callerGone";
      readonly by: "caller" | "us" | "network";
      readonly sipStatus: number | null;
      readonly durationMs: number;
      /** Of a call that we placed: how it came not to be answered. */
      readonly unanswered?: Exclude<DialResult, "completed">;
    };

/**
 * A hook that waits for its ack. Answer exactly once; the adapter acks `[]` by itself after 3 s and then sends a later answer as a
 * `redirect` (rule 3), and acks `[]` when something else was presented meanwhile (rule 4).
 */
export interface PendingHook {
  /** Replaces the whole remaining list; `[]` lets nothing follow (a redirect will). Validates; throws on an invalid verb (a bug of ours). */
  answer(verbs: readonly Verb[]): void;
}

/** What a conversation can be told beside its verbs; `legSid` null: the leg that the connection is of. */
export type LegCommand =
  | { readonly kind: "hangUp" }
  /** Of a leg that is in a conference: silences it there. */
  | { readonly kind: "mute"; readonly muted: boolean; readonly legSid: string | null }
  /** Has the leg of this connection be heard, in the conference that it is in, by its operator alone; or by everybody again. */
  | { readonly kind: "coachInRoom"; readonly coaches: boolean }
  /**
   * Makes the leg that was dialled and answered a session of its own, which runs these verbs and opens a socket of its own (`onParted`); the
   * dial is over then (jambonz 0.9.8, seen: h16).
   */
  | { readonly kind: "part"; readonly verbs: readonly Verb[] }
  | { readonly kind: "digit"; readonly digit: string; readonly legSid: string | null };

export interface CallConnection {
  readonly facts: CallFacts;
  /** False once the socket is closed; sending then does nothing (the outbox keeps what is due). */
  readonly open: boolean;
  /**
   * Stops what is running and presents these (command `redirect`). Throws on an invalid verb, before anything is sent.
   * `heldBack`: it leaves when that is safe (a telephone rings: rule 6), and is lost if the socket is cut before; `closed`: not sent.
   */
  redirect(verbs: readonly Verb[]): "sent" | "heldBack" | "closed";
  /**
   * Turns the sending of the call's sound to a socket on or off, whatever is heard and whoever is talked to meanwhile (command `config` with
   * `listen`). Throws on options that jambonz would refuse. False: not sent.
   */
  stream(listen: { readonly enable: boolean; readonly [option: string]: unknown }): boolean;
  /** Tells one leg of a conversation to do something; false when there is no socket to say it on. */
  command(command: LegCommand): boolean;
  /** Hands the call back to jambonz so that it reconnects, here or elsewhere (close 1001; never 1000 on a live call: rule 7). */
  release(reason: string): void;
  /** For a call that has ended: closes the socket for good. */
  finish(): void;
}

/** The call core, as the adapter sees it. Every method returns quickly; slow work goes on behind. */
export interface CallHandler {
  /** `session:new`, already acked with [config notifyEvents]. */
  onNew(connection: CallConnection): void;
  /** `session:reconnect`, already acked. `facts` are those of the beginning (stale). Backlog messages follow as events. */
  onReconnect(connection: CallConnection): void;
  /**
   * The first word of a call that we placed and that is not answered (protocol fact 29): it is tried, or rings. `facts.ourCallId` says which;
   * nothing can be presented before `placedAnswered`.
   */
  onPlaced(connection: CallConnection): void;
  /** A socket whose first message is about a call that has ended (rule 9): no connection worth keeping. */
  onAftermath(callSid: string, event: TelephonyEvent, ourCallId: string | null): void;
  /** The socket of a leg that was parted from its call (`facts.parentSid`), new or come `back`; already acked. */
  onParted(connection: CallConnection, back: boolean): void;
  /** A socket whose only message is that such a leg has ended. */
  onPartedOver(parentSid: string, legSid: string): void;
  onEvent(connection: CallConnection, event: TelephonyEvent): void;
  /** The socket is gone without an end of the call: jambonz will be back, or not (rule 7). */
  onCut(connection: CallConnection, code: number): void;
}

/** A telephone that is to be called, and what it is shown. */
export interface PlacingOrder {
  /** Our id of the call: comes back as `CallFacts.ourCallId`. */
  readonly ourCallId: string;
  /** The number that is shown. */
  readonly from: string;
  readonly to: JambonzTarget;
  readonly ringMs: number;
  /** Find out whether an answering machine picks up (`machineAnswered`). */
  readonly tellMachines?: boolean;
}

/**
 * `refused`: nothing was called. `unknown`: no answer came in time, so that it may ring or not; its socket tells, when there is one.
 * `placed`: it is being called, with jambonz's id of it.
 */
export type PlacingAnswer =
  | { readonly kind: "placed"; readonly callSid: string }
  | { readonly kind: "refused" | "unknown"; readonly why: string };

/** Calls by REST: for what the socket cannot do. */
export interface TelephonyRest {
  /** Calls a telephone. Never rejects. */
  place(order: PlacingOrder): Promise<PlacingAnswer>;
  /** Gives up a call that we placed and that was not picked up. */
  giveUp(callSid: string): Promise<"asked" | "gone" | "unavailable">;
  /** Brings a call back whose socket jambonz gave up (after the fifth cut). `"gone"` when jambonz no longer knows the call. */
  reclaim(callSid: string): Promise<"asked" | "gone" | "unavailable">;
  /**
   * What jambonz itself says of a leg. The session of one that is `over` may live on there and come back (its telephone hung up as it came into a
   * conference), and whose last word was lost with a socket says it no more. Never rejects.
   */
  legState(callSid: string): Promise<"ringing" | "talking" | "over" | "unavailable">;
  /** Hangs a leg up. */
  hangUp(callSid: string): Promise<"asked" | "gone" | "unavailable">;
  /**
   * The telephones that this call has dialled and that ring or talk, as far as jambonz knows: one that was given up stays `ringing` there.
   * Never rejects.
   */
  dialledBy(callSid: string): Promise<readonly DialledNow[] | "unavailable">;
}

/** A leg that a call has dialled, as jambonz' REST API tells of it. */
export interface DialledNow {
  readonly legSid: string;
  readonly state: "ringing" | "talking";
}
