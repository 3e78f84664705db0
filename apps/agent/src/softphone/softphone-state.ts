import type { AgentView } from "@cordboard/api";

/** A call that this browser rings with, or is on. */
export interface SoftphoneCall {
  readonly phase: "ringing" | "talking";
  /** It was accepted at the desk, and picks up by itself. */
  readonly accepted: boolean;
  /** Who calls, as the telephone system says. */
  readonly from: string;
}

/**
 * How the operator's browser is as their telephone.
 * `off`: another telephone is chosen, or none. `elsewhere`: their calls ring in another browser. `starting`: not registered yet. `ready`: it can be
 * rung. `lost`: the telephone system does not answer, and is asked again and again. `refused`: it does not let this browser in. `impossible`: this
 * browser, or its connection, lets no page telephone.
 */
export type SoftphoneStatus = "off" | "elsewhere" | "starting" | "ready" | "lost" | "refused" | "impossible";

/** `unknown`: never tried here. `lost`: it was pulled out in mid-call, and there is no other one. */
export type MicrophoneState = "unknown" | "ready" | "blocked" | "missing" | "lost";

export interface SoftphoneState {
  readonly status: SoftphoneStatus;
  readonly microphone: MicrophoneState;
  readonly call: SoftphoneCall | null;
  /** The microphone is silenced in this browser, whatever the server knows. */
  readonly muted: boolean;
  /** The browser plays nothing before somebody touches the page. */
  readonly soundBlocked: boolean;
  /** This tab has the sound; another one only shows it. */
  readonly here: boolean;
}

export const quietSoftphone: SoftphoneState = {
  status: "off",
  microphone: "unknown",
  call: null,
  muted: false,
  soundBlocked: false,
  here: false,
};

/** Whether somebody who calls this browser would be heard to ring, and could be talked to, as far as it knows. */
export function canRing({ status, microphone }: Pick<SoftphoneState, "status" | "microphone">): boolean {
  return !["lost", "refused", "impossible"].includes(status) && microphone !== "blocked" && microphone !== "missing";
}

type Shown = Pick<AgentView, "state" | "call">;

/**
 * Whether a call that rings is the one that the operator has just accepted, dialled or asked for: then it is picked up without a second click.
 * `callId` is what the call says of itself (`softphoneCallHeader`); null: the way here took it off, and what the operator waits for decides.
 */
export function isExpected(callId: string | null, view: Shown | null): boolean {
  if (view === null || (view.state !== "ringing" && view.state !== "dialling")) return false;
  const { call } = view;
  // Their own telephone is tried, or a callback is made: the call that rings has an id of its own then.
  if (callId === null || call === null || call.callback !== null) return true;
  return call.callId === callId;
}

/** Whether the operator is in something that may go on in this browser: where not, a call that was accepted is over, whether its end was heard or not. */
export function isInCall(view: Shown | null): boolean {
  return view !== null && ["ringing", "dialling", "talking", "handedOver"].includes(view.state);
}
