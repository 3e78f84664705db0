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

/**
 * How a prompt is heard: audio that jambonz can fetch (an address that ends in .wav or .mp3 and has no query: protocol B2, `play`), or a
 * text that jambonz's synthesiser says with the voice that is set for the application.
 */
export type Spoken = { readonly url: string } | { readonly text: string };

/** What rendering needs to know beside the effect. */
export interface MediaContext {
  /** Whether the caller's call has been answered: until then the first thing said answers it, and an end is a refusal. */
  readonly answered: boolean;
  resolvePrompt(reference: PromptReference): Spoken;
  resolveTarget(target: DialTarget): JambonzTarget;
  /** What the dialled telephone shows as the caller; `null` leaves it to jambonz (the caller's number as received). */
  readonly callerId: string | null;
  /** The caller hides their number: no telephone shows it, whatever the INVITE said. */
  readonly hidden: boolean;
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
    case "record":
      // Answered before it is presented (calls/next-call.ts): this is only what a call that came through would hear.
      return { verb: "pause", length: 1 };
  }
}

function play({ entry, prompt }: PlayEffect, { resolvePrompt }: MediaContext): Verb {
  const spoken = resolvePrompt(prompt);
  const common = { id: verbId(entry), actionHook: hookPath(entry, "play") };
  if ("url" in spoken) return { verb: "play", url: spoken.url, ...common };
  // `say` posts no hook: the end of the text is that of a gather around it, which keys neither end nor cut.
  return {
    verb: "gather",
    input: ["digits"],
    numDigits: 99,
    dtmfBargein: false,
    timeout: 0.1,
    say: { text: spoken.text },
    ...common,
  };
}

/** A text cannot go round and round: what has no audio is left out of hold music. The hook is for a file that is missing (a10): without it the caller would wait in silence and nobody would know (c1). */
function hold({ entry, playlist }: HoldEffect, { resolvePrompt }: MediaContext): Verb {
  return {
    verb: "play",
    id: verbId(entry),
    url: playlist.flatMap((prompt) => audioOf(resolvePrompt(prompt)) ?? []),
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
    ...(prompt === null ? {} : nested(resolvePrompt(prompt))),
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
    ...dialMusic(music === null ? null : audioOf(context.resolvePrompt(music))),
    ...shownAs(context),
    ...(Object.keys(context.headers).length === 0 ? {} : { headers: context.headers }),
  };
}

/**
 * jambonz takes the number out of the caller's `From`, and passes their `P-Asserted-Identity` on unless it is told not to (jambonz 0.9.8,
 * read: dial.js): both may name a caller who asked to stay hidden.
 */
function shownAs({ callerId, hidden }: MediaContext) {
  if (hidden) return { callerId: callerId ?? "anonymous", forwardPAI: false };
  return callerId === null ? {} : { callerId };
}

function nested(spoken: Spoken) {
  return "url" in spoken ? { play: { url: spoken.url } } : { say: { text: spoken.text } };
}

function audioOf(spoken: Spoken): string | null {
  return "url" in spoken ? spoken.url : null;
}

function dialMusic(url: string | null) {
  return url === null ? {} : { dialMusic: url };
}

/** jambonz takes seconds, and 0 for "for ever": what is asked for is never that. */
function seconds(ms: number): number {
  return Math.max(100, ms) / 1000;
}
