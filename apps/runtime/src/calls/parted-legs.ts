import type { Bus, CallConnection, CallFacts, Clock, TelephonyEvent, TelephonyRest, Verb } from "../ports/index.ts";

/** What the owner of a call asks of a leg that was parted from it. `there`: nothing, but that its socket is held. */
export type LegOrder =
  | { readonly kind: "there" }
  | { readonly kind: "hangUp" }
  | { readonly kind: "mute"; readonly muted: boolean }
  | { readonly kind: "redirect"; readonly verbs: readonly Verb[] };

/** `taken`: the call knows. `gone`: it has no such leg. `unowned`: nobody holds the call just now. */
type Heard = "taken" | "gone" | "unowned";

/** By what a leg's call is found: the leg that had dialled it or, of one that we placed ourselves, our own id of the call. */
type LegFacts = Pick<CallFacts, "callSid" | "parentSid" | "ourCallId">;

interface Given {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly rest: Pick<TelephonyRest, "hangUp" | "reclaim" | "legState">;
  /** The call that a leg was parted from; `null`: there is none. Rejects when it could not be looked up. */
  readonly callOf: (parentSid: string) => Promise<string | null>;
  /** Tells the owner of the call. */
  readonly tell: (callId: string, legSid: string, what: "there" | "over") => Promise<Heard>;
  readonly log: { error(details: object, message: string): void };
}

const AGAIN_MS = 500;
/** For as long as this somebody is looked for who owns the call. */
const PATIENCE_MS = 150_000;
/** A leg's socket is there within 100 ms, and the leg in its conference within 1.2 s (run against the real session code). */
const SOCKET_PATIENCE_MS = 3_000;
/** How long another process may take to answer, ms. */
const OWNER_PATIENCE_MS = 2_000;

/**
 * The sockets of legs that are apart from their calls: parted from them, or left as their call was turned round. Whichever process jambonz comes to with one keeps it, and passes on what is told of
 * the leg and asked of it: the call itself, and every decision, is its owner's.
 */
export class PartedLegs {
  readonly #given: Given;
  readonly #held = new Map<string, { readonly connection: CallConnection; readonly unanswer: () => void }>();
  #stopped = false;

  constructor(given: Given) {
    this.#given = given;
  }

  /** A leg's socket is there, for the first time or come `back`. One that no call knows of is hung up: nobody would hear it. */
  attach(connection: CallConnection, back: boolean): void {
    const { facts } = connection;
    this.keep(connection);
    const there = async () => {
      if (back && (await this.state(facts.callSid)) === "over") {
        this.#forget(connection);
        return this.over(facts);
      }
      if ((await this.#told(facts, "there")) === "gone") carryOut(connection, { kind: "hangUp" });
    };
    void there();
  }

  /** What jambonz says of a leg, whatever became of its session. */
  state(legSid: string): ReturnType<TelephonyRest["legState"]> {
    return this.#given.rest.legState(legSid);
  }

  /** Whether the socket is one of those that are kept here. */
  has(connection: CallConnection): boolean {
    return this.#held.get(connection.facts.callSid)?.connection === connection;
  }

  /** Whoever owns the leg's call may ask something of it from now on. */
  keep(connection: CallConnection): void {
    const { callSid } = connection.facts;
    this.#held.get(callSid)?.unanswer();
    const unanswer = this.#given.bus.answer(channel(callSid), async (order) => carryOut(connection, order as LegOrder));
    this.#held.set(callSid, { connection, unanswer });
  }

  event(connection: CallConnection, event: TelephonyEvent): void {
    if (event.kind !== "callerGone") return;
    this.#forget(connection);
    connection.finish();
    this.over(connection.facts);
  }

  /** The leg has ended. */
  over(of: LegFacts): void {
    void this.#told(of, "over");
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

  /**
   * Ends a leg; by REST where there is no socket to say it on. One that was parted just now has none yet, and what is hung up as it comes into its
   * conference never is (protocol rule 6): its socket has its time, and keeps that rule.
   */
  async hangUp(legSid: string): Promise<void> {
    if (await this.order(legSid, { kind: "hangUp" })) return;
    const { clock, rest } = this.#given;
    await new Promise<void>((resolve) => {
      clock.at(clock.now() + SOCKET_PATIENCE_MS, resolve);
    });
    if (!this.#stopped && !(await this.order(legSid, { kind: "hangUp" }))) await rest.hangUp(legSid);
  }

  /** Asks jambonz for a leg whose socket nobody has; `gone`: it does not know it any more, or as one that has ended. */
  async reclaim(legSid: string): ReturnType<TelephonyRest["reclaim"]> {
    return (await this.state(legSid)) === "over" ? "gone" : this.#given.rest.reclaim(legSid);
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

  async #told({ callSid: legSid, parentSid, ourCallId }: LegFacts, what: "there" | "over"): Promise<"taken" | "gone"> {
    const { clock, callOf, tell, log } = this.#given;
    for (const until = clock.now() + PATIENCE_MS; !this.#stopped && clock.now() < until; ) {
      try {
        const callId = parentSid === undefined ? ourCallId : await callOf(parentSid);
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
      return connection.command({ kind: "mute", muted: order.muted, legSid: null });
    case "redirect":
      return connection.redirect(order.verbs) !== "closed";
  }
}
