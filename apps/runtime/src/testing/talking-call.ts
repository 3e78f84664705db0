import type { CallSnapshot } from "@cordboard/engine";
import type { Apart, CallDocument } from "../calls/model.ts";

/** A call whose caller talks to Inès since 1,000 ms, by the offer `offer_1`, in the dial of entry 4; as far as what stands beside the flow asks. */
export function talkingCall(more: Partial<CallDocument> = {}): CallDocument {
  const target = { kind: "telephone", telephoneId: "tel_1" } as const;
  const dial = { type: "dial", entry: 4, target, ringMs: 20_000, music: null, offerId: "offer_1" };
  return {
    ...{ _id: "call_1", companyId: "co_1", rev: 7, ownerEpoch: 1, owner: "proc_1", callSid: "sid" },
    ...{ direction: "inbound", from: "+33612345678", hidden: false, callerName: null, to: "+33143670903" },
    ...{ lineId: "line_1", lineName: "Main", flowId: "desk", flowVersionId: "ver_1", language: "en-GB" },
    ...{ status: "live", startedAt: 0, answeredAt: 0, endedAt: null, endedBy: null },
    snapshot: { nextEntry: 9, node: null } as unknown as CallSnapshot,
    ...{ timers: [], outbox: [], queue: null, script: null, cuts: 0, cutAt: null, unrecorded: true },
    media: { effect: dial as never, since: 1_000, evidence: "started" },
    leg: {
      ...{ entry: 4, offerId: "offer_1", operatorId: "op_1", operatorName: "Inès", legSid: "leg" },
      ...{ state: "talking", ownerEpoch: 1, answeredAt: 1_000 },
    },
    ...{ traceSeq: 0, traceTail: [] },
    ...more,
  };
}

/** The call with its legs apart, and this changed of it. */
export const withApart = (call: CallDocument, change: Partial<Apart>): CallDocument =>
  call.apart ? { ...call, apart: { ...call.apart, ...change } } : call;

/** The same with the legs apart, the caller on hold since 5,000 ms. */
export function heldCall(more: Partial<CallDocument> = {}): CallDocument {
  return talkingCall({
    apart: {
      ...{ legSid: "leg", entry: 4, queueId: "queue_sales", stage: "apart", held: true, since: 5_000 },
      ...{ turn: 1, evidence: "started" },
    },
    ...more,
  });
}
