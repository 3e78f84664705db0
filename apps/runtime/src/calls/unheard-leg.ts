import type { Clock, TelephonyRest } from "../ports/index.ts";

/** How long a session that was asked for may take to come: an attempt of jambonz' and a claim of ours, with room for a busy machine. */
export const SESSION_PATIENCE_MS = 3_000;
/** As often it is asked for. */
const ATTEMPTS = 2;

/** What is done about a leg that was picked up and whose session never came: asked for at these times. Pure. */
export function forPickedUp(askedAt: readonly number[], now: number): "ask" | "wait" | "lost" {
  const last = askedAt.at(-1);
  if (last !== undefined && now - last < SESSION_PATIENCE_MS) return "wait";
  return askedAt.length < ATTEMPTS ? "ask" : "lost";
}

/**
 * A leg that we placed, that may be picked up by now, and whose socket nobody has: every runtime was away for longer than jambonz tries at once. Whoever
 * picked up hears nothing. jambonz is asked what became of it, and to begin its session again; where that does not come, the leg is lost.
 *
 * Looked at by whoever owns the call; a process that takes over begins anew.
 */
export class UnheardLeg {
  readonly #clock: Clock;
  readonly #rest: Pick<TelephonyRest, "legState" | "beginAgain">;
  #askedAt: readonly number[] = [];

  constructor(clock: Clock, rest: Pick<TelephonyRest, "legState" | "beginAgain">) {
    this.#clock = clock;
    this.#rest = rest;
  }

  /** `lost`: it was picked up, and cannot be had: it is to be hung up. */
  async look(legSid: string): Promise<"ringing" | "asked" | "over" | "unavailable" | "lost"> {
    const state = await this.#rest.legState(legSid);
    if (state !== "talking") return state;
    const now = this.#clock.now();
    const next = forPickedUp(this.#askedAt, now);
    if (next === "lost") return "lost";
    if (next === "ask") {
      this.#askedAt = [...this.#askedAt, now];
      if ((await this.#rest.beginAgain(legSid)) === "gone") return "over";
    }
    return "asked";
  }
}
