import type { FlowEvent } from "@cordboard/node-kit";
import { offerOutcome, withOperator } from "./call-leg.ts";
import type { CallDocument } from "./model.ts";

/** How what the call centre asks acts on its call. */
export interface CentreHands {
  readonly call: () => CallDocument;
  /** This process has the call no more: what it knows of it may be out of date. */
  readonly gone: () => boolean;
  readonly step: (event: FlowEvent, amend?: (next: CallDocument) => CallDocument) => Promise<void>;
}

export type OfferAccepted = Extract<FlowEvent, { type: "offer.accepted" }>;
type Answer = "taken" | "gone" | "unowned";

/** An operator accepted. Resolves once the call's step is durable. */
export async function acceptOffer(
  { call, gone, step }: CentreHands,
  event: OfferAccepted,
  operatorName: string,
): Promise<Answer> {
  await step(event, (next) => withOperator(next, event, operatorName));
  // Only a call that this process still owns can say that the offer is too late.
  return gone() ? "unowned" : offerOutcome(call(), event);
}

/** Why a call leaves its queue again without an operator; the flow hears it by this name. */
type Leaving = "unstaffed" | "busy" | "full" | "overflowed";

/** Nobody who may serve the call's queue is signed in, or all of them are busy, or the queue's limits are reached. */
export async function leaveUnstaffed({ call, gone, step }: CentreHands, entry: number, why: Leaving): Promise<Answer> {
  const open = call().status === "live" && call().queue?.entry === entry;
  await step({ type: `queue.${why}`, entry });
  if (gone()) return "unowned";
  return open ? "taken" : "gone";
}
