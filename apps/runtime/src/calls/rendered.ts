import type { MediaEffect } from "@cordboard/node-kit";
import type { Verb } from "../ports/index.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument } from "./model.ts";

const ATTEMPTS = 3;
const PAUSE_MS = 200;

/**
 * The verbs of an effect, or `null` when they cannot be had however often they are asked for (a telephone that cannot be looked up while
 * the store stumbles): the caller of this then lets the flow go on audibly.
 */
export async function rendered(
  call: CallDocument,
  effect: MediaEffect,
  { presentation, clock, log }: Pick<LiveCallPorts, "presentation" | "clock" | "log">,
): Promise<readonly Verb[] | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await presentation.render(call, effect);
    } catch (error) {
      log.error({ callId: call._id, err: error, attempt }, "what a caller should hear could not be made");
      if (attempt === ATTEMPTS) return null;
      await new Promise<void>((resolve) => {
        clock.at(clock.now() + PAUSE_MS * attempt, resolve);
      });
    }
  }
}
