import type { CallConnection, CallInbox, CallOrder, Clock, TelephonyEvent } from "../ports/index.ts";
import type { CallRoutes } from "./call-routes.ts";
import type { HeldCalls } from "./held-calls.ts";
import { LiveCall } from "./live-call.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallCollections, CallDocument } from "./model.ts";
import { blankPlacedCall, isPlacing } from "./placed-call.ts";
import { untilAnswered } from "./until-answered.ts";

type Placed = Awaited<ReturnType<CallInbox["placeCall"]>>;

export interface PlacedCallsGiven {
  readonly calls: CallCollections["calls"];
  readonly clock: Clock;
  readonly processId: string;
  readonly routes: Pick<CallRoutes, "placed">;
  readonly ports: LiveCallPorts;
  readonly held: HeldCalls;
  readonly claim: (filter: object) => Promise<CallDocument | null>;
  readonly takeUp: (document: CallDocument, connection: CallConnection | null) => Promise<void>;
}

/** The calls that we place: written before jambonz is asked, and known again by our own id in whatever jambonz says of them. */
export class PlacedCalls {
  readonly #given: PlacedCallsGiven;
  readonly #beginning = new Map<string, Promise<Placed>>();

  constructor(given: PlacedCallsGiven) {
    this.#given = given;
  }

  /** Asked again, in this process or another one, it is the same call. Rejects when the store does not answer: to be asked again. */
  place(order: CallOrder): Promise<Placed> {
    const beginning = this.#beginning.get(order.callId);
    if (beginning) return beginning;
    const begun = this.#place(order).finally(() => this.#beginning.delete(order.callId));
    this.#beginning.set(order.callId, begun);
    return begun;
  }

  /** A socket that tells of a call which is not picked up: this process is the call's owner from now on. */
  async attach(connection: CallConnection): Promise<void> {
    const { held, clock, claim, takeUp } = this.#given;
    const known = held.of(connection.facts);
    if (known) return known.attach(connection);
    const _id = connection.facts.ourCallId;
    const document = await untilAnswered(() => claim({ _id }), clock);
    if (!document) return;
    await takeUp(document, connection);
    held.of(connection.facts)?.attach(connection);
  }

  /** Whether jambonz comes back with a call of which we do not know whether its beginning was acked: see `againPlease` in calls.ts. */
  async mayBeDeaf({ facts }: CallConnection): Promise<boolean> {
    const { calls, clock } = this.#given;
    const _id = facts.ourCallId;
    if (_id === null) return false;
    const call = await untilAnswered(() => calls.findOne({ _id }, { projection: { placed: 1, status: 1 } }), clock);
    return call !== null && isPlacing(call);
  }

  /**
   * Whether the socket is of an operator's leg whose call was turned round: the call is of the person's leg since (decision record 60), and this
   * one is asked for things by whoever owns it.
   */
  async isOperatorsLeg({ facts }: CallConnection): Promise<boolean> {
    const { held, calls, clock } = this.#given;
    const { ourCallId: _id, callSid } = facts;
    if (_id === null) return false;
    const call =
      held.all.get(_id)?.document ??
      (await untilAnswered(() => calls.findOne({ _id }, { projection: { callSid: 1, placed: 1 } }), clock));
    return call?.placed?.turned === true && call.callSid !== callSid;
  }

  /** Something of a call that nobody here holds: one that is over, or was never ours. Whoever picked up is not left in silence. */
  stray(connection: CallConnection, event: TelephonyEvent): void {
    if (event.kind === "placedAnswered") connection.redirect([{ verb: "hangup" }]);
  }

  async #place(order: CallOrder): Promise<Placed> {
    const { clock, processId, routes, ports, held } = this.#given;
    const known = await this.#known(order.callId);
    if (known) return known;
    const recording = await ports.conversations.plan(order);
    const route = await routes.placed({ ...order, tellsOfRecording: recording?.notice === true });
    const blank = blankPlacedCall(order, route, { processId, now: clock.now() }, recording);
    const call = new LiveCall(blank, route.compiled, null, ports, false);
    if (!held.hold(call)) return "taken";
    if (await call.beginPlaced()) return "taken";
    // Another process has written it in this very moment.
    return (await this.#known(order.callId)) ?? "unowned";
  }

  async #known(callId: string): Promise<Placed | null> {
    const local = this.#given.held.all.get(callId)?.document;
    const found = local ?? (await this.#given.calls.findOne({ _id: callId }, { projection: { status: 1 } }));
    return found && (found.status === "live" ? "taken" : "gone");
  }
}
