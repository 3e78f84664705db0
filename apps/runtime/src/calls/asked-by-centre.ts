import type { FlowEvent } from "@cordboard/node-kit";
import type { ClosedQueue } from "../ports/index.ts";
import { offerOutcome, withOperator } from "./call-leg.ts";
import type { CallDocument } from "./model.ts";

/** How what the call centre asks acts on its call. */
export interface CentreHands {
  readonly call: () => CallDocument;
  /** This process has the call no more: what it knows of it may be out of date. */
  readonly gone: () => boolean;
  /** Whether callers of its queue are handed to the exchange. */
  readonly handsOver: () => Promise<boolean>;
  /** Whoever an operator asks first. */
  readonly consulting: {
    asks(entry: number): boolean;
    taken(...accepted: OfferAccepted): Promise<Answer>;
    refused(entry: number): Promise<Answer>;
  };
  readonly step: (event: FlowEvent, amend?: (next: CallDocument) => CallDocument) => Promise<void>;
}

export type OfferAccepted = [event: Extract<FlowEvent, { type: "offer.accepted" }>, operatorName: string];
export type Unstaffed = [entry: number, busy?: boolean, turnedAway?: "full" | "overflowed" | ClosedQueue];
type Answer = "taken" | "gone" | "unowned";

/** An operator accepted. Resolves once the call's step is durable. */
export async function acceptOffer(
  { call, gone, handsOver, step, consulting }: CentreHands,
  ...accepted: OfferAccepted
): Promise<Answer> {
  const [event, operatorName] = accepted;
  if (consulting.asks(event.entry)) return consulting.taken(...accepted);
  const way = (await handsOver()) ? "refer" : undefined;
  await step(event, (next) => withOperator(next, event, operatorName, way));
  // Only a call that this process still owns can say that the offer is too late.
  return gone() ? "unowned" : offerOutcome(call(), event);
}

/** Nobody who may serve the call's queue is signed in, or all of them are busy, or the queue's limits are reached, or it is closed. */
export async function leaveUnstaffed(
  { call, gone, step, consulting }: CentreHands,
  ...why: Unstaffed
): Promise<Answer> {
  const [entry, busy = false, turnedAway] = why;
  if (consulting.asks(entry)) return consulting.refused(entry);
  const open = call().status === "live" && call().queue?.entry === entry;
  await step(
    typeof turnedAway === "object"
      ? { type: "queue.closed", entry, ...turnedAway.closed }
      : { type: `queue.${turnedAway ?? (busy ? "busy" : "unstaffed")}`, entry },
  );
  if (gone()) return "unowned";
  return open ? "taken" : "gone";
}
