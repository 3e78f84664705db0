import type { CallConnection, PendingHook } from "../ports/index.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument } from "./model.ts";

/** What is not written by then is bridged with music: a hook must be answered within 5 s, and nobody is left in silence. */
const COMFORT_AFTER_MS = 2_500;

interface Comforted {
  readonly call: CallDocument;
  readonly to: PendingHook | CallConnection | null;
}

/** Plays music for a caller whose step takes too long; `who` is asked then, `onComfort` is told. Returns how to call it off. */
export function armComfort(
  who: () => Comforted,
  { clock, presentation }: Pick<LiveCallPorts, "clock" | "presentation">,
  onComfort: () => void,
): () => void {
  return clock.at(clock.now() + COMFORT_AFTER_MS, () => {
    const { call, to } = who();
    const verbs = presentation.comfort(call);
    onComfort();
    if (!to) return;
    if ("answer" in to) to.answer(verbs);
    else to.redirect(verbs);
  });
}
