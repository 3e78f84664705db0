import type { DialResult } from "@cordboard/node-kit";
import type { CallConnection, Clock, TelephonyEvent } from "../ports/index.ts";
import type { PartedLegs } from "./parted-legs.ts";

/** What is told of the leg of somebody who is asked. `there`: picked up. */
export type ConsultNews =
  | { readonly what: "calling" | "rings" | "there" | "over" }
  | { readonly what: "missed"; readonly result: Exclude<DialResult, "completed"> };

/** `taken`: the call knows. `gone`: it asks nobody there (any more). `unowned`: nobody holds the call just now. */
type Heard = "taken" | "gone" | "unowned";

interface Given {
  readonly clock: Clock;
  readonly legs: Pick<PartedLegs, "keep" | "cut">;
  /** Tells the owner of the call. */
  readonly tell: (callId: string, entry: number, legSid: string, news: ConsultNews) => Promise<Heard>;
  readonly log: { error(details: object, message: string): void };
}

const AGAIN_MS = 500;
/** For as long as this somebody is looked for who owns the call. */
const PATIENCE_MS = 150_000;

/** Our own id of such a leg: by it jambonz' words of it are known, and the call that it is of. */
export const consultId = (callId: string, entry: number) => `${callId}.consult.${entry}`;

/** Which call asks whom by this id; `null`: it is none of these. */
export function consultOf(ourCallId: string | null): { readonly callId: string; readonly entry: number } | null {
  const [, callId, entry] = /^(.+)\.consult\.(\d{1,15})$/.exec(ourCallId ?? "") ?? [];
  return callId && entry ? { callId, entry: Number(entry) } : null;
}

/**
 * The sockets of legs that are called to be asked something. Whichever process jambonz comes to with one keeps it, and tells the call's owner;
 * what the leg is to do, the owner says (`PartedLegs.order`).
 */
export class ConsultedLegs {
  readonly #given: Given;
  /** Legs that were picked up: what is told of their end is one of a conversation. */
  readonly #pickedUp = new Set<string>();
  #stopped = false;

  constructor(given: Given) {
    this.#given = given;
  }

  /** A leg's socket is there, for the first time or again. */
  attach(connection: CallConnection): void {
    this.#given.legs.keep(connection);
    this.#told(connection, { what: "calling" });
  }

  event(connection: CallConnection, event: TelephonyEvent): void {
    const { callSid } = connection.facts;
    if (event.kind === "placedRinging") this.#told(connection, { what: "rings" });
    if (event.kind === "placedAnswered") {
      this.#pickedUp.add(callSid);
      this.#told(connection, { what: "there" });
    }
    if (event.kind !== "callerGone") return;
    this.#given.legs.cut(connection);
    connection.finish();
    const picked = this.#pickedUp.delete(callSid);
    this.over(connection.facts.ourCallId, callSid, picked ? undefined : event.unanswered);
  }

  /** The leg has ended; `missed`: it was not picked up. */
  over(ourCallId: string | null, legSid: string, missed: Exclude<DialResult, "completed"> | undefined): void {
    const news: ConsultNews = missed ? { what: "missed", result: missed } : { what: "over" };
    void this.#tell(ourCallId, legSid, news);
  }

  stop(): void {
    this.#stopped = true;
  }

  #told(connection: CallConnection, news: ConsultNews): void {
    const { ourCallId, callSid } = connection.facts;
    void this.#tell(ourCallId, callSid, news).then((heard) => {
      // Whoever picked up is not left in silence where nobody wants to ask them anything.
      if (heard === "gone" && news.what === "there") connection.command({ kind: "hangUp" });
    });
  }

  async #tell(ourCallId: string | null, legSid: string, news: ConsultNews): Promise<"taken" | "gone"> {
    const { clock, tell, log } = this.#given;
    const of = consultOf(ourCallId);
    if (!of) return "gone";
    for (const until = clock.now() + PATIENCE_MS; !this.#stopped && clock.now() < until; ) {
      try {
        const heard = await tell(of.callId, of.entry, legSid, news);
        if (heard !== "unowned") return heard;
      } catch (error) {
        log.error({ legSid, err: error }, "what is told of somebody who is asked could not be passed on");
      }
      await new Promise<void>((resolve) => {
        clock.at(clock.now() + AGAIN_MS, resolve);
      });
    }
    return "taken";
  }
}
