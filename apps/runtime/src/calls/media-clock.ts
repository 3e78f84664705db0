import type { MediaEffect } from "@cordboard/node-kit";
import { MEDIA_CLOCK } from "./apply-effects.ts";
import type { CallDocument, CallTimer } from "./model.ts";
import type { Presentation } from "./presentation.ts";

/**
 * How long after it was presented a media effect must have been answered, in ms; `null` for what has no end of its own (hold music, a
 * conversation). A list of verbs that runs out, or a hook that is lost, leaves the caller in silence for ever (protocol rule 10); when
 * this clock runs out the engine is told `media.lost` and goes on audibly.
 *
 * `spokenMs` is the prompt's length where it is known. The margins cover fetching audio (a second or two the first time), a reconnect
 * of the socket (8 s at worst on its fourth cut) and the 5 s that jambonz gives a hook.
 */
function mediaClockMs(effect: MediaEffect, spokenMs: number | null): number | null {
  const spoken = spokenMs ?? LONGEST_PROMPT_MS;
  switch (effect.type) {
    case "play":
      return spoken + MARGIN_MS;
    case "collect": {
      const keys = effect.interDigitMs === null ? 0 : effect.interDigitMs * effect.maxDigits;
      return spoken + effect.patienceMs + keys + MARGIN_MS;
    }
    case "dial":
      // Until somebody answers; the call core stops the clock then. A dead telephone is given up by jambonz 32 s after the INVITE.
      return Math.max(effect.ringMs, 32_000) + MARGIN_MS;
    case "record":
      return effect.maxMs + MARGIN_MS;
    case "hangUp":
      return MARGIN_MS;
    case "hold":
      return null;
  }
}

/** The call `next` with the clock for what it presents, where that is new (`before` did not). Pure. */
export function withMediaClock(
  next: CallDocument,
  before: CallDocument | null,
  now: number,
  { spokenMs }: Pick<Presentation, "spokenMs">,
): CallDocument {
  const effect = next.media?.effect;
  if (!effect || effect.type === "hangUp" || effect === before?.media?.effect) return next;
  const wait = mediaClockMs(effect, spokenMs(next, effect));
  if (wait === null) return next;
  return { ...next, timers: [...next.timers, { timerId: MEDIA_CLOCK, entry: effect.entry, dueAt: now + wait }] };
}

/**
 * The call as its clock should stand after the socket was lost, with the prompt that one key may cut short waited for no longer than it can
 * last. jambonz tells the end of that one by the play inside its gather only (decision record 11): when this word was under way as the socket
 * went, the gather waits on in silence, and nothing else is told. Pure.
 */
export function withClockAfterCut(
  call: CallDocument,
  now: number,
  { spokenMs }: Pick<Presentation, "spokenMs">,
): CallDocument {
  const { media } = call;
  // What did not begin is said again, and has its whole time.
  if (media?.effect.type !== "play" || media.effect.keys.length !== 1 || media.evidence !== "started") return call;
  const spoken = spokenMs(call, media.effect);
  if (spoken === null) return call;
  const latest = Math.max(now + BACKLOG_MS, media.since + spoken + STARTING_MS);
  const sooner = (timer: CallTimer) =>
    timer.timerId === MEDIA_CLOCK ? { ...timer, dueAt: Math.min(timer.dueAt, latest) } : timer;
  return { ...call, timers: call.timers.map(sooner) };
}

/** What jambonz had to say meanwhile comes within this. */
const BACKLOG_MS = 500;
/** From the write of a step to the first sample of its prompt: fetched for the first time, at worst. */
const STARTING_MS = 3_000;
const MARGIN_MS = 15_000;
/** For a prompt of unknown length (speech made as the caller waits). */
const LONGEST_PROMPT_MS = 120_000;
