import type { CallConnection, PendingHook } from "../ports/index.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument } from "./model.ts";

/** What is not written by then is bridged with music: a hook must be answered within 5 s, and nobody is left in silence. */
const COMFORT_AFTER_MS = 2_500;

/** Music for a caller whose step takes too long. What they should hear then follows by redirect: a hook has had its answer. */
export class Comfort {
  #played = false;
  readonly #who: () => { readonly call: CallDocument; readonly connection: CallConnection | null };
  readonly #ports: Pick<LiveCallPorts, "clock" | "presentation">;

  /** `who` is asked when the music is due: call and socket may have changed by then. */
  constructor(
    who: () => { readonly call: CallDocument; readonly connection: CallConnection | null },
    ports: Pick<LiveCallPorts, "clock" | "presentation">,
  ) {
    this.#who = who;
    this.#ports = ports;
  }

  /** From now on, for the hook that waits or else for the socket. Returns how to call it off. */
  arm(hook: PendingHook | null): () => void {
    const { clock, presentation } = this.#ports;
    return clock.at(clock.now() + COMFORT_AFTER_MS, () => {
      const { call, connection } = this.#who();
      this.#played = true;
      const verbs = presentation.comfort(call);
      if (hook) hook.answer(verbs);
      else connection?.redirect(verbs);
    });
  }

  /** Whether music was played since this was last asked. */
  takePlayed(): boolean {
    const played = this.#played;
    this.#played = false;
    return played;
  }
}
