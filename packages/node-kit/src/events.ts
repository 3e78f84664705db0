/**
 * What can happen to a call, as data. The host makes these from the telephony protocol, from the call centre's decisions and from due
 * timers; the engine gives them to the machine. `entry` is the number of the effect that an event answers (see effects.ts).
 */
import type { DialTarget } from "./effects.ts";

/** Why a telephone that was rung did not end in a conversation. Only `completed` is a conversation (protocol rule 5). */
export type DialResult = "completed" | "busy" | "silent" | "unreachable";

export type FlowEvent =
  | { readonly type: "advance"; readonly entry: number }
  | { readonly type: "play.done"; readonly entry: number }
  | { readonly type: "play.failed"; readonly entry: number; readonly reason: string }
  | { readonly type: "input.digits"; readonly entry: number; readonly digits: string }
  | { readonly type: "input.silence"; readonly entry: number }
  | { readonly type: "timer.fired"; readonly entry: number; readonly timerId: string }
  | { readonly type: "queue.unstaffed"; readonly entry: number }
  | {
      readonly type: "offer.accepted";
      readonly entry: number;
      readonly offerId: string;
      readonly operatorId: string;
      readonly target: DialTarget;
    }
  | { readonly type: "dial.ringing"; readonly entry: number }
  | { readonly type: "dial.answered"; readonly entry: number }
  | { readonly type: "dial.ended"; readonly entry: number; readonly result: DialResult; readonly talkMs: number }
  /** The host gave up waiting for the answer to a media effect (its clock ran out): the caller may be hearing nothing. */
  | { readonly type: "media.lost"; readonly entry: number }
  /** The flow ran away (too many steps without a wait) or a step threw: the error path runs and the caller hears it. */
  | { readonly type: "flow.failed"; readonly code: string }
  /** The caller's leg is gone. Nothing can be said any more. */
  | { readonly type: "caller.gone"; readonly by: "caller" | "us" | "network" };

export type FlowEventType = FlowEvent["type"];
