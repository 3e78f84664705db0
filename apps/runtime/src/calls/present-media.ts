import type { MediaEffect } from "@cordboard/node-kit";
import type { CallConnection, PendingHook, Verb } from "../ports/index.ts";
import { mayStayUnanswered } from "./call-evidence.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument } from "./model.ts";

const ATTEMPTS = 3;
const PAUSE_MS = 200;

type Ports = Pick<LiveCallPorts, "presentation" | "clock" | "log">;

/**
 * Sends what the caller is to hear: as the answer of the hook that led here, or as a redirect. `failed`: it could not be made, however
 * often it was tried (a telephone that cannot be looked up while the store stumbles), or jambonz would refuse it; the hook is then answered
 * with nothing, and the caller of this lets the flow go on audibly.
 */
export async function presentMedia(
  call: CallDocument,
  effect: MediaEffect,
  { hook, connection }: { readonly hook: PendingHook | null; readonly connection: CallConnection | null },
  ports: Ports,
): Promise<ReturnType<CallConnection["redirect"]> | "failed"> {
  const verbs = await rendered(call, goingOn(call, effect, ports.clock.now()), ports);
  try {
    if (verbs && !hook) return connection?.redirect(verbs) ?? "closed";
    if (verbs && hook) {
      hook.answer(verbs);
      return "sent";
    }
  } catch (error) {
    ports.log.error({ callId: call._id, err: error }, "what a caller should hear cannot be sent");
  }
  hook?.answer([]);
  return "failed";
}

/** Hold music that is sent again (a process came back, a key ended it that leads nowhere) goes on where the caller is by now. */
function goingOn({ media }: CallDocument, effect: MediaEffect, now: number): MediaEffect {
  if (effect.type !== "hold" || media?.effect !== effect) return effect;
  return { ...effect, heardMs: (effect.heardMs ?? 0) + Math.max(0, now - media.since) };
}

async function rendered(
  call: CallDocument,
  effect: MediaEffect,
  { presentation, clock, log }: Ports,
): Promise<readonly Verb[] | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await presentation.render(call, effect, { unanswered: mayStayUnanswered(call, clock.now()) });
    } catch (error) {
      log.error({ callId: call._id, err: error, attempt }, "what a caller should hear could not be made");
      if (attempt === ATTEMPTS) return null;
      await new Promise<void>((resolve) => {
        clock.at(clock.now() + PAUSE_MS * attempt, resolve);
      });
    }
  }
}
