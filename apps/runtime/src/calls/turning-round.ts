import type { CallConnection, Clock } from "../ports/index.ts";
import type { HeldCalls } from "./held-calls.ts";
import type { CallCollections, CallDocument } from "./model.ts";
import { isToBeTurned } from "./operator-talk.ts";
import type { PartedLegs } from "./parted-legs.ts";
import { untilAnswered } from "./until-answered.ts";

interface Given {
  readonly calls: CallCollections["calls"];
  readonly clock: Clock;
  readonly held: HeldCalls;
  readonly legs: Pick<PartedLegs, "attach" | "keep">;
  /** Has the owner of the call write that it is turned round, and let go of it. */
  readonly turn: (callId: string, partySid: string) => Promise<"taken" | "gone" | "unowned">;
  /** Takes a live call from the store for this process; `null`: it is over, or another's. */
  readonly claim: (filter: object) => Promise<CallDocument | null>;
  readonly takeUp: (document: CallDocument, connection: CallConnection) => Promise<void>;
}

const AGAIN_MS = 300;
/** For as long as this somebody is looked for who owns the call; longer than jambonz takes to come back with it. */
const PATIENCE_MS = 30_000;

/**
 * Sockets of legs that were parted from their calls. Mostly such a leg is the operator's, and its socket is kept for the call's owner. Of a call
 * whose operator was rung first it is the person's: from then on the call is of that socket (decision record 60).
 */
export class TurningRound {
  readonly #given: Given;
  #stopped = false;

  constructor(given: Given) {
    this.#given = given;
  }

  /** A socket of a parted leg is there, for the first time or come `back`. Resolves when it is known whose it is. */
  async attach(connection: CallConnection, back: boolean): Promise<void> {
    const { clock, held, legs, turn, claim, takeUp } = this.#given;
    const { callSid } = connection.facts;
    for (const until = clock.now() + PATIENCE_MS; !this.#stopped && connection.open; ) {
      const call = await this.#callOf(connection);
      if (call?.callSid === callSid) {
        const known = held.bySid(callSid);
        if (known) return known.reattach(connection);
        const document = await untilAnswered(() => claim({ callSid }), clock);
        if (document) return takeUp(document, connection);
        // Over: nobody is left in silence.
        return void connection.redirect([{ verb: "hangup" }]);
      }
      if (!call || !isToBeTurned(call) || call.leg?.legSid !== callSid) return legs.attach(connection, back);
      const answer = await turn(call._id, callSid);
      if (answer === "gone" || (answer === "unowned" && clock.now() >= until)) {
        return void connection.redirect([{ verb: "hangup" }]);
      }
      if (answer === "unowned") {
        await new Promise<void>((resolve) => {
          clock.at(clock.now() + AGAIN_MS, resolve);
        });
      }
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  #callOf({ facts: { callSid, parentSid } }: CallConnection) {
    const { calls, clock } = this.#given;
    const sids = [callSid, ...(parentSid === undefined ? [] : [parentSid])];
    const projection = { callSid: 1, status: 1, leg: 1, placed: 1 };
    return untilAnswered(() => calls.findOne({ callSid: { $in: sids } }, { projection }), clock);
  }
}
