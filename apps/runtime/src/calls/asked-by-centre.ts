import type { FlowEvent } from "@cordboard/node-kit";
import { offerOutcome, withOperator } from "./call-leg.ts";
import type { CallDocument } from "./model.ts";

/** How what the call centre asks acts on its call. */
export interface CentreHands {
  readonly call: () => CallDocument;
  /** This process has the call no more: what it knows of it may be out of date. */
  readonly gone: () => boolean;
  /** Whether callers of its queue are handed to the exchange. */
  readonly handsOver: () => Promise<boolean>;
  readonly step: (event: FlowEvent, amend?: (next: CallDocument) => CallDocument) => Promise<void>;
}

export type OfferAccepted = [event: Extract<FlowEvent, { type: "offer.accepted" }>, operatorName: string];
export type Unstaffed = [entry: number, busy?: boolean, turnedAway?: "full" | "overflowed"];
type Answer = "taken" | "gone" | "unowned";

/** An operator accepted. Resolves once the call's step is durable. */
export async function acceptOffer(
  { call, gone, handsOver, step }: CentreHands,
  ...accepted: OfferAccepted
): Promise<Answer> {
  const [event, operatorName] = accepted;
  const way = (await handsOver()) ? "refer" : undefined;
  await step(event, (next) => withOperator(next, event, operatorName, way));
  // Only a call that this process still owns can say that the offer is too late.
  return gone() ? "unowned" : offerOutcome(call(), event);
}

/** Nobody who may serve the call's queue is signed in, or all of them are busy, or the queue's limits are reached. */
export async function leaveUnstaffed({ call, gone, step }: CentreHands, ...why: Unstaffed): Promise<Answer> {
  const [entry, busy = false, turnedAway] = why;
  const open = call().status === "live" && call().queue?.entry === entry;
  await step({ type: `queue.${turnedAway ?? (busy ? "busy" : "unstaffed")}`, entry });
  if (gone()) return "unowned";
  return open ? "taken" : "gone";
}
