import { MEDIA_CLOCK } from "./apply-effects.ts";
import { telling } from "./call-leg.ts";
import type { CallDocument } from "./model.ts";
import { withTrace } from "./with-trace.ts";

/** A caller who is handed to the exchange by REFER, which rings the operator's telephone itself (decision record 41). Pure. */

/** Whether the telephone of this entry is rung by the exchange, and nobody has picked up so far. */
export function isReferring({ status, leg }: Pick<CallDocument, "status" | "leg">, entry: number): boolean {
  return status === "live" && leg?.way === "refer" && leg.entry === entry && leg.state !== "talking";
}

/** The exchange has taken the caller on: it tries the operator's telephone. `null`: known already, or no longer of interest. */
export function referralBegan(call: CallDocument, entry: number): CallDocument | null {
  const { leg } = call;
  if (!leg || !isReferring(call, entry) || leg.state === "ringing") return null;
  return telling({ ...call, leg: { ...leg, state: "ringing" } }, leg.offerId, { kind: "ringing" }, 0);
}

/**
 * Caller and operator talk, at the exchange: the conversation is not seen, and our end of the call is over. `confirmed`: the exchange has said
 * so; otherwise the caller's connection went while it was trying, which some exchanges do as they connect the two.
 */
export function handedOver(call: CallDocument, entry: number, now: number, confirmed: boolean): CallDocument | null {
  const { leg } = call;
  if (!leg || !isReferring(call, entry)) return null;
  const given = {
    ...call,
    leg: { ...leg, state: "talking", answeredAt: now } as const,
    timers: call.timers.filter(({ timerId }) => timerId !== MEDIA_CLOCK),
  };
  const line = { at: now, kind: "handedOver", nodeId: null, details: { confirmed, operatorId: leg.operatorId } };
  return withTrace(telling(given, leg.offerId, { kind: "handedOver" }, now), [line]);
}

/**
 * The caller's connection is gone: a caller whom the exchange had taken on is with the operator, as far as anybody can tell. What it said as a
 * socket or a process was lost is not said again, so after that it is enough that it was asked.
 */
export function leftForExchange(call: CallDocument, by: string, now: number): CallDocument {
  const { leg, media } = call;
  if (!leg || by === "us") return call;
  const unheard = leg.ownerEpoch !== call.ownerEpoch && media?.effect.type === "dial" && media.evidence !== "due";
  if (leg.state !== "ringing" && !unheard) return call;
  return handedOver(call, leg.entry, now, false) ?? call;
}
