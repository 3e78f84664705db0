import { telling } from "./call-leg.ts";
import type { Apart, CallDocument, CallMedia } from "./model.ts";
import { isTalkOf, operatorTalk } from "./operator-talk.ts";
import { withTrace } from "./with-trace.ts";

/**
 * A conversation whose two legs are apart (decision record 42): the operator's leg is a session of its own, in a conference named by the
 * call's id, and the caller hears music or is in that conference too. The flow knows nothing of it: its `dial` goes on. Pure.
 */

/** Whether the operator of this offer (null: who dialled) talks in a way that the legs can be parted. */
export function mayBeHeld(call: CallDocument, offerId: string | null): boolean {
  const { status, leg, media } = call;
  if (status !== "live" || media?.effect.type !== "dial" || !isTalkOf(call, offerId)) return false;
  return !!leg?.legSid && leg.way !== "refer";
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
  const operatorId = operatorTalk(call)?.operatorId ?? null;
  const details = held ? { operatorId } : { operatorId, heldMs: Math.max(0, now - (apart?.since ?? now)) };
  const line = { at: now, kind: held ? "holds" : "takesBack", nodeId: null, details };
  const told = telling({ ...call, rev: call.rev + 1, apart: next }, leg.offerId, { kind: "held", held }, now);
  return withTrace(told, [line]);
}

/**
 * Somebody else comes into the conversation: the two meet in the conference, and nobody is held. `null`: they are there, or on their way.
 */
export function withMeeting(call: CallDocument, queueId: string | null, now: number): CallDocument | null {
  const { apart, leg } = call;
  if (apart || !leg?.legSid) return null;
  const meeting: Apart = {
    ...{ legSid: leg.legSid, entry: leg.entry, queueId, stage: "parting", held: false, since: now },
    ...{ turn: 0, evidence: "due" },
  };
  const line = {
    at: now,
    kind: "meets",
    nodeId: null,
    details: { operatorId: operatorTalk(call)?.operatorId ?? null },
  };
  return withTrace({ ...call, rev: call.rev + 1, apart: meeting }, [line]);
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
  const talk = operatorTalk(call);
  if (apart || leg?.legSid !== legSid || !talk || !mayBeHeld(call, talk.offerId)) return null;
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
  return withTrace(told, [{ at: now, kind: apart.held ? "holdFailed" : "meetFailed", nodeId: null, details: {} }]);
}

/** The operator is to be heard or not from now on; `null`: so it is. */
export function withVoice(call: CallDocument, muted: boolean, now: number): CallDocument | null {
  const { leg, apart } = call;
  if (!leg || (leg.muted ?? false) === muted) return null;
  const due = apart?.stage === "parting" && { apart: { ...apart, voice: "due" as const } };
  const next: CallDocument = { ...call, ...due, rev: call.rev + 1, leg: { ...leg, muted } };
  return telling(next, leg.offerId, { kind: "muted", muted }, now);
}

/** The operator's leg was told whether it is heard; `null`: nothing was due. */
export function withVoiceTold(call: CallDocument, legSid: string): CallDocument | null {
  const { apart } = call;
  if (!apart?.voice || apart.legSid !== legSid) return null;
  const { voice: _, ...told } = apart;
  return { ...call, apart: told };
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
export function hasLeft(next: CallDocument, before: CallMedia | null): boolean {
  return !!next.apart && next.media?.effect !== before?.effect;
}

const anotherTurn = ({ turn }: Apart) => ({ turn: turn + 1, evidence: "due" }) as const;
