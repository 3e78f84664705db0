import type {
  CollectEffect,
  DialEffect,
  DialTarget,
  HoldEffect,
  MediaEffect,
  PlayEffect,
  PromptReference,
} from "@cordboard/node-kit";
import type { Verb } from "../ports/index.ts";
import { hookPath, verbId } from "./media-address.ts";
import { validateVerbs } from "./validate-verbs.ts";

/** A target of jambonz's `dial`. */
export type JambonzTarget =
  | { readonly type: "phone"; readonly number: string; readonly trunk?: string }
  | { readonly type: "user"; readonly name: string }
  | { readonly type: "sip"; readonly sipUri: string };

/** What rendering needs to know beside the effect. */
export interface MediaContext {
  /** Whether the caller's call has been answered: until then the first thing said answers it, and an end is a refusal. */
  readonly answered: boolean;
  /** Audio that jambonz can fetch: an address that ends in .wav or .mp3 and has no query (it mangles others; read: play.js). */
  resolvePrompt(reference: PromptReference): { readonly url: string };
  resolveTarget(target: DialTarget): JambonzTarget;
  /** What the dialled telephone shows as the caller; `null` leaves it to jambonz (the caller's number as received). */
  readonly callerId: string | null;
  /** SIP headers for the dialled telephone. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The verbs that carry out a media effect. Hook paths and ids carry the effect's entry, so that what comes back names it.
 * Throws InvalidVerbsError when a prompt or target was resolved to something that jambonz would refuse.
 */
export function renderMedia(effect: MediaEffect, context: MediaContext): readonly Verb[] {
  const verbs = effect.type === "hangUp" ? end(effect.declineStatus, context) : said(effect, context);
  validateVerbs(verbs);
  return verbs;
}

/** `hangup` does nothing before the answer, `sip:decline` must not come after it (jambonz 0.9.8, seen: j16, a6, n2). */
function end(declineStatus: number, { answered }: MediaContext): Verb[] {
  return answered ? [{ verb: "hangup" }] : [{ verb: "sip:decline", status: declineStatus }];
}

function said(effect: Exclude<MediaEffect, { type: "hangUp" }>, context: MediaContext): Verb[] {
  const verb = media(effect, context);
  return context.answered ? [verb] : [{ verb: "answer" }, verb];
}

function media(effect: Exclude<MediaEffect, { type: "hangUp" }>, context: MediaContext): Verb {
  switch (effect.type) {
    case "play":
      return play(effect, context);
    case "collect":
      return gather(effect, context);
    case "hold":
      return hold(effect, context);
    case "dial":
      return dial(effect, context);
  }
}

function play({ entry, prompt }: PlayEffect, { resolvePrompt }: MediaContext): Verb {
  return { verb: "play", id: verbId(entry), url: resolvePrompt(prompt).url, actionHook: hookPath(entry, "play") };
}

/** The hook is for a file that is missing (a10): without it the caller would wait in silence and nobody would know (c1). */
function hold({ entry, playlist }: HoldEffect, { resolvePrompt }: MediaContext): Verb {
  return {
    verb: "play",
    id: verbId(entry),
    url: playlist.map((prompt) => resolvePrompt(prompt).url),
    loop: "forever",
    actionHook: hookPath(entry, "play"),
  };
}

/**
 * One key is `numDigits: 1`. For several, `minDigits` is always 1 and `interDigitTimeout` always there: with `numDigits` the keys of
 * someone who stops early are lost (jambonz 0.9.8, seen: l8, l9), and without the inter-digit timer the main timer, which keys do not
 * restart, cuts off a slow one (m2; m1 is the way that works). So a caller who stops early is heard with what was keyed, and whether
 * that is enough (`minDigits` of the effect) is the flow's to say.
 */
function gather(effect: CollectEffect, { resolvePrompt }: MediaContext): Verb {
  const { entry, prompt, maxDigits, finishOnKey, patienceMs, interDigitMs } = effect;
  return {
    verb: "gather",
    id: verbId(entry),
    actionHook: hookPath(entry, "collect"),
    input: ["digits"],
    timeout: seconds(patienceMs),
    ...(maxDigits === 1
      ? { numDigits: 1 }
      : { minDigits: 1, maxDigits, interDigitTimeout: seconds(interDigitMs ?? patienceMs) }),
    ...(finishOnKey === null ? {} : { finishOnKey }),
    ...(prompt === null ? {} : { play: { url: resolvePrompt(prompt).url } }),
  };
}

function dial({ entry, target, ringMs, music }: DialEffect, context: MediaContext): Verb {
  return {
    verb: "dial",
    id: verbId(entry),
    actionHook: hookPath(entry, "dial"),
    target: [context.resolveTarget(target)],
    timeout: Math.max(1, Math.ceil(ringMs / 1000)),
    answerOnBridge: false,
    ...(music === null ? {} : { dialMusic: context.resolvePrompt(music).url }),
    ...(context.callerId === null ? {} : { callerId: context.callerId }),
    ...(Object.keys(context.headers).length === 0 ? {} : { headers: context.headers }),
  };
}

/** jambonz takes seconds, and 0 for "for ever": what is asked for is never that. */
function seconds(ms: number): number {
  return Math.max(100, ms) / 1000;
}
