import { telling } from "./call-leg.ts";
import type { Apart, CallDocument, CallMedia } from "./model.ts";
import { withTrace } from "./with-trace.ts";

/**
 * A conversation whose two legs are apart (decision record 42): the operator's leg is a session of its own, in a conference named by the
 * call's id, and the caller hears music or is in that conference too. The flow knows nothing of it: its `dial` goes on. Pure.
 */

/** Whether the operator of this offer talks to the caller in a way that their legs can be parted. */
export function mayBeHeld({ status, placed, leg, media }: CallDocument, offerId: string | null): boolean {
  if (status !== "live" || placed || offerId === null || media?.effect.type !== "dial") return false;
  return leg?.state === "talking" && leg.offerId === offerId && leg.legSid !== null && leg.way !== "refer";
}

/** The operator wishes the caller held, or back. `null`: it is so already. */
export function withHold(call: CallDocument, held: boolean, queueId: string | null, now: number): CallDocument | null {
  const { apart, leg } = call;
  if (!leg?.legSid || (apart?.held ?? false) === held) return null;
  const next: Apart = apart
    ? { ...apart, ...anotherTurn(apart), held, since: now }
    : {
        ...{ legSid: leg.legSid, entry: leg.entry, queueId, stage: "parting", held, since: now },
        ...{ turn: 0, evidence: "due" },
      };
  const { operatorId } = leg;
  const details = held ? { operatorId } : { operatorId, heldMs: Math.max(0, now - (apart?.since ?? now)) };
  const line = { at: now, kind: held ? "holds" : "takesBack", nodeId: null, details };
  const told = telling({ ...call, rev: call.rev + 1, apart: next }, leg.offerId, { kind: "held", held }, now);
  return withTrace(told, [line]);
}

/** The dial is over because its leg was parted from it: from now on the caller is told apart from the flow what to hear. */
export function withParted(call: CallDocument): CallDocument | null {
  const { apart } = call;
  if (apart?.stage !== "parting") return null;
  return { ...call, rev: call.rev + 1, apart: { ...apart, ...anotherTurn(apart), stage: "apart" } };
}

/** The leg that talks is parted although this was thought to have failed: the two meet in the conference. */
export function withLegFound(call: CallDocument, legSid: string): CallDocument | null {
  const { apart, leg } = call;
  if (apart || leg?.legSid !== legSid || !mayBeHeld(call, leg.offerId)) return null;
  const found: Apart = {
    ...{ legSid, entry: leg.entry, queueId: call.queue?.queueId ?? null, stage: "apart", held: false, since: 0 },
    ...{ turn: 1, evidence: "due" },
  };
  return { ...call, rev: call.rev + 1, apart: found };
}

/** Nothing came of parting the legs: the two still talk. */
export function withoutParting(call: CallDocument, now: number): CallDocument | null {
  const { apart, leg } = call;
  if (apart?.stage !== "parting") return null;
  const next = { ...call, rev: call.rev + 1, apart: null };
  const told = telling(next, leg?.offerId ?? null, { kind: "held", held: false }, now);
  return withTrace(told, [{ at: now, kind: "holdFailed", nodeId: null, details: {} }]);
}

/** What a caller hears who is apart has to be said again. */
export function withNewTurn(call: CallDocument): CallDocument {
  const { apart } = call;
  return apart ? { ...call, rev: call.rev + 1, apart: { ...apart, ...anotherTurn(apart) } } : call;
}

/** How far what the caller was last sent is known to have come; `null` where that says nothing new. */
export function withTurnEvidence(call: CallDocument, turn: number, evidence: "sent" | "started"): CallDocument | null {
  const { apart } = call;
  if (apart?.turn !== turn || apart.evidence === evidence || apart.evidence === "started") return null;
  return { ...call, apart: { ...apart, evidence } };
}

/** A flow that has gone on to something else has left the conversation, however that came. */
export function withoutApart(next: CallDocument, before: CallMedia | null): CallDocument {
  return next.apart && next.media?.effect !== before?.effect ? { ...next, apart: null } : next;
}

const anotherTurn = ({ turn }: Apart) => ({ turn: turn + 1, evidence: "due" }) as const;
