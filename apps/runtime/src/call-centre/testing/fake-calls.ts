import type { CallInbox, CallOrder, Clock } from "../../ports/index.ts";

export interface FakeCall {
  readonly callId: string;
  alive: boolean;
  /** The visit that the call is on; what concerns another one is not for it. */
  entry: number;
  /** Nobody holds the call before this. */
  unownedUntil: number;
  /** The telephone that is being rung, or talked to. */
  dial: { readonly offerId: string; readonly operatorId: string; answered: boolean } | null;
  unstaffedTold: number;
  /** Told that the line is full, or that they have waited as long as anybody may; the flow then leaves. */
  turnedAway: "full" | "overflowed" | "closed" | null;
}

/** A call that was placed for a callback. */
export interface PlacedCall {
  readonly order: CallOrder;
  alive: boolean;
  answered: boolean;
}

type Accepted = Parameters<CallInbox["offerAccepted"]>[0];

/** Calls as the call centre meets them: they dial when told to, once an offer, and know which visit they are on. */
export class FakeCalls implements CallInbox {
  readonly calls = new Map<string, FakeCall>();
  readonly placed = new Map<string, PlacedCall>();
  /** No process can place calls before this. */
  placesFrom = 0;
  readonly told: (Accepted & { readonly at: number; readonly answer: string })[] = [];
  /** What must never happen: a caller, or an operator, in two dials at once. */
  readonly faults: string[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(callId: string): FakeCall {
    const call = { callId, alive: true, entry: 1, unownedUntil: 0, dial: null, unstaffedTold: 0, turnedAway: null };
    this.calls.set(callId, call);
    return call;
  }

  async offerAccepted(request: Accepted): Promise<"taken" | "gone" | "unowned"> {
    const answer = this.#accept(request);
    this.told.push({ ...request, at: this.#clock.now(), answer });
    return answer;
  }

  /** What a call does that is turned away: a storm lets it leave the line. */
  onTurnedAway: (call: FakeCall) => void = () => {};

  async unstaffed(request: Parameters<CallInbox["unstaffed"]>[0]): Promise<"taken" | "gone" | "unowned"> {
    const { callId, entry, turnedAway } = request;
    const call = this.calls.get(callId);
    if (!call?.alive || call.entry !== entry) return "gone";
    if (this.#clock.now() < call.unownedUntil) return "unowned";
    if (turnedAway) {
      if (call.dial) this.faults.push(`${callId} is turned away while it dials`);
      call.turnedAway = typeof turnedAway === "object" ? "closed" : turnedAway;
      this.onTurnedAway(call);
    } else call.unstaffedTold += 1;
    return "taken";
  }

  async callsAlive(_companyId: string, callIds: readonly string[]): Promise<readonly string[]> {
    return callIds.filter((callId) => (this.calls.get(callId) ?? this.placed.get(callId))?.alive);
  }

  async placeCall(order: CallOrder): Promise<"taken" | "gone" | "unowned"> {
    if (this.#clock.now() < this.placesFrom) return "unowned";
    const known = this.placed.get(order.callId);
    if (known) return known.alive ? "taken" : "gone";
    for (const other of this.placed.values()) {
      if (!other.alive) continue;
      if (other.order.callbackId === order.callbackId) this.faults.push(`${order.callbackId} is made twice at a time`);
      if (other.order.operatorId === order.operatorId) this.faults.push(`${order.operatorId} makes two callbacks`);
    }
    for (const { alive, dial, callId } of this.calls.values()) {
      if (alive && dial?.operatorId === order.operatorId)
        this.faults.push(`${order.operatorId} is on ${callId} already`);
    }
    this.placed.set(order.callId, { order, alive: true, answered: false });
    return "taken";
  }

  #accept({ callId, entry, offerId, operatorId }: Accepted): "taken" | "gone" | "unowned" {
    const call = this.calls.get(callId);
    if (!call?.alive || call.entry !== entry) return "gone";
    if (this.#clock.now() < call.unownedUntil) return "unowned";
    if (call.dial?.offerId === offerId) return "taken";
    if (this.told.some((before) => before.offerId === offerId && before.answer === "taken")) return "taken";
    if (call.dial) this.faults.push(`${callId} is told to dial ${offerId} while it dials ${call.dial.offerId}`);
    for (const other of this.calls.values()) {
      if (other !== call && other.alive && other.dial?.operatorId === operatorId) {
        this.faults.push(`${operatorId} is connected to ${callId} while connected to ${other.callId}`);
      }
    }
    for (const { alive, order } of this.placed.values()) {
      if (alive && order.operatorId === operatorId)
        this.faults.push(`${operatorId} is connected to ${callId} while ringing back`);
    }
    call.dial = { offerId, operatorId, answered: false };
    return "taken";
  }
}
