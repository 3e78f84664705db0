import type { Bus, CallConnection, Clock, TelephonyEvent, TelephonyRest, Verb } from "../ports/index.ts";

/** What the owner of a call asks of a leg that was parted from it. `there`: nothing, but that its socket is held. */
export type LegOrder =
  | { readonly kind: "there" }
  | { readonly kind: "hangUp" }
  | { readonly kind: "mute"; readonly muted: boolean }
  | { readonly kind: "redirect"; readonly verbs: readonly Verb[] };

/** `taken`: the call knows. `gone`: it has no such leg. `unowned`: nobody holds the call just now. */
type Heard = "taken" | "gone" | "unowned";

interface Given {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly rest: Pick<TelephonyRest, "hangUp" | "reclaim">;
  /** The call that a leg was parted from; `null`: there is none. Rejects when it could not be looked up. */
  readonly callOf: (parentSid: string) => Promise<string | null>;
  /** Tells the owner of the call. */
  readonly tell: (callId: string, legSid: string, what: "there" | "over") => Promise<Heard>;
  readonly log: { error(details: object, message: string): void };
}

const AGAIN_MS = 500;
/** For as long as this somebody is looked for who owns the call. */
const PATIENCE_MS = 150_000;
/** How long another process may take to answer, ms. */
const OWNER_PATIENCE_MS = 2_000;

/**
 * The sockets of legs that were parted from their calls. Whichever process jambonz comes to with one keeps it, and passes on what is told of
 * the leg and asked of it: the call itself, and every decision, is its owner's.
 */
export class PartedLegs {
  readonly #given: Given;
  readonly #held = new Map<string, { readonly connection: CallConnection; readonly unanswer: () => void }>();
  #stopped = false;

  constructor(given: Given) {
    this.#given = given;
  }

  /** A leg's socket is there, for the first time or again. One that no call knows of is hung up: nobody would hear it. */
  attach(connection: CallConnection): void {
    const { callSid: legSid, parentSid } = connection.facts;
    if (parentSid === undefined) return;
    this.#held.get(legSid)?.unanswer();
    const unanswer = this.#given.bus.answer(channel(legSid), async (order) => carryOut(connection, order as LegOrder));
    this.#held.set(legSid, { connection, unanswer });
    void this.#told(parentSid, legSid, "there").then((heard) => {
      if (heard === "gone") carryOut(connection, { kind: "hangUp" });
    });
  }

  event(connection: CallConnection, event: TelephonyEvent): void {
    if (event.kind !== "callerGone") return;
    const { callSid: legSid, parentSid } = connection.facts;
    this.#forget(connection);
    connection.finish();
    if (parentSid !== undefined) this.over(parentSid, legSid);
  }

  /** The leg has ended. */
  over(parentSid: string, legSid: string): void {
    void this.#told(parentSid, legSid, "over");
  }

  cut(connection: CallConnection): void {
    this.#forget(connection);
  }

  /** Asks something of a leg, in whichever process its socket is; false: nobody has it. */
  async order(legSid: string, order: LegOrder): Promise<boolean> {
    const held = this.#held.get(legSid);
    if (held) return carryOut(held.connection, order);
    return (await this.#given.bus.request(channel(legSid), order, OWNER_PATIENCE_MS)) === true;
  }

  /** Ends a leg; by REST where there is no socket to say it on. */
  async hangUp(legSid: string): Promise<void> {
    if (!(await this.order(legSid, { kind: "hangUp" }))) await this.#given.rest.hangUp(legSid);
  }

  /** Asks jambonz for a leg whose socket nobody has; `gone`: it does not know it any more. */
  reclaim(legSid: string): ReturnType<TelephonyRest["reclaim"]> {
    return this.#given.rest.reclaim(legSid);
  }

  stop(): void {
    this.#stopped = true;
    for (const { connection, unanswer } of this.#held.values()) {
      unanswer();
      connection.release("this process is stopping");
    }
    this.#held.clear();
  }

  #forget(connection: CallConnection): void {
    const { callSid } = connection.facts;
    const held = this.#held.get(callSid);
    if (held?.connection !== connection) return;
    held.unanswer();
    this.#held.delete(callSid);
  }

  async #told(parentSid: string, legSid: string, what: "there" | "over"): Promise<"taken" | "gone"> {
    const { clock, callOf, tell, log } = this.#given;
    for (const until = clock.now() + PATIENCE_MS; !this.#stopped && clock.now() < until; ) {
      try {
        const callId = await callOf(parentSid);
        const heard = callId === null ? "gone" : await tell(callId, legSid, what);
        if (heard !== "unowned") return heard;
      } catch (error) {
        log.error({ legSid, err: error }, "what is told of a parted leg could not be passed on");
      }
      await new Promise<void>((resolve) => {
        clock.at(clock.now() + AGAIN_MS, resolve);
      });
    }
    return "taken";
  }
}

const channel = (legSid: string) => `leg/${legSid}`;

function carryOut(connection: CallConnection, order: LegOrder): boolean {
  switch (order.kind) {
    case "there":
      return connection.open;
    case "hangUp":
      return connection.command({ kind: "hangUp" });
    case "mute":
      return connection.command({ kind: "muteInRoom", muted: order.muted });
    case "redirect":
      return connection.redirect(order.verbs) !== "closed";
  }
}
