import { withHearing } from "./consult-hearing.ts";
import type { Apart, CallDocument } from "./model.ts";
import { isToBeTurned } from "./operator-talk.ts";

/**
 * A call whose operator was rung first is turned round (decision record 60): the person's leg, which was parted from theirs, is the call's own
 * from now on, and the operator's is the one that is apart. `null`: it is not for this leg to be so. Pure.
 */
export function turnedRound(
  call: CallDocument,
  partySid: string,
  /** The operator's leg is in the conference already. */
  operatorRoomed: boolean,
): CallDocument | null {
  const { placed, leg, callSid } = call;
  if (!isToBeTurned(call) || !placed || !leg || leg.legSid !== partySid) return null;
  const before: Apart = call.apart ?? {
    // Parted although that was thought to have failed: the two meet.
    ...{ legSid: partySid, entry: leg.entry, queueId: placed.queueId, stage: "parting", held: false, since: 0 },
    ...{ turn: 1, evidence: "due" },
  };
  // That the leg is there proves that it got what it was to hear first.
  const evidence = before.turn === 0 ? "started" : "due";
  const turned: CallDocument = {
    ...call,
    rev: call.rev + 1,
    callSid: partySid,
    leg: { ...leg, legSid: callSid },
    apart: { ...before, legSid: callSid, stage: "apart", evidence },
    placed: { ...placed, turned: true },
    ...(call.recordedTalk && { recordedTalk: { ...call.recordedTalk, moved: true } }),
    cuts: 0,
    cutAt: null,
  };
  return withOperatorTold(withHearing(turned), operatorRoomed);
}

function withOperatorTold(call: CallDocument, roomed: boolean): CallDocument {
  const { apart } = call;
  if (!apart || roomed) return call;
  return { ...call, apart: { ...apart, asker: { hears: apart.asker?.hears ?? "room", evidence: "due" } } };
}
