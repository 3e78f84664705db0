import type {
  CollectEffect,
  DialEffect,
  DialTarget,
  MediaEffect,
  PromptReference,
  RecordEffect,
} from "@cordboard/node-kit";
import type { JambonzTarget, Verb } from "../ports/index.ts";
import { hookPath, verbId } from "./media-address.ts";
import { audioOf, nestedIn, renderHold, renderPlay, type Spoken } from "./render-heard.ts";
import { validateVerbs } from "./validate-verbs.ts";

/** Where a recording is sent while it is made. */
export interface ListenTo {
  /** A WebSocket address. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** What the first frame says: which recording it is, and the proof that it may be sent. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What is left of the longest, ms. */
  readonly maxMs: number;
  /** A tone before it: only where the caller has not heard it yet. */
  readonly beep: boolean;
}

/** What rendering needs to know beside the effect. */
export interface MediaContext {
  /** Whether the caller's call has been answered: until then the first thing said answers it, and an end is a refusal. */
  readonly answered: boolean;
  /** Until then, what is only played is played before the answer (183 with audio). */
  readonly unanswered?: boolean;
  resolvePrompt(reference: PromptReference): Spoken;
  resolveTarget(target: DialTarget): JambonzTarget;
  /** For hold music that goes on where the caller heard it last: its files, from there. */
  readonly music?: readonly string[];
  /** For a recording: without it, it cannot be made. */
  readonly listenTo?: ListenTo;
  /** What the dialled telephone shows as the caller; `null` leaves it to jambonz (the caller's number as received). */
  readonly callerId: string | null;
  /** The caller hides their number: no telephone shows it, whatever the INVITE said. */
  readonly hidden: boolean;
  /** Both sides' sound stays on the media server, so that it can be recorded from any moment on. */
  readonly anchored?: boolean;
  /** Whoever picks up the telephone that is dialled hears something before they are connected. */
  readonly tellsFirst?: boolean;
  /** The caller is handed to the exchange, which rings the telephone itself. */
  readonly handedOver?: boolean;
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
  const verbs = effect.type === "dial" && context.handedOver ? refer(effect, context) : [media(effect, context)];
  if (context.answered) return verbs;
  // What hears keys, records or rings answers by itself (jambonz 0.9.8, seen: a12, b8): it is answered before, so that nobody has to guess when.
  const [first, ...others] = verbs;
  if (context.unanswered && first?.verb === "play") return [{ ...first, earlyMedia: true }, ...others];
  return [{ verb: "answer" }, ...verbs];
}

function media(effect: Exclude<MediaEffect, { type: "hangUp" }>, context: MediaContext): Verb {
  switch (effect.type) {
    case "play":
      return renderPlay(effect, context.resolvePrompt);
    case "hold":
      return renderHold(effect, context.resolvePrompt, context.music);
    case "collect":
      return gather(effect, context);
    case "record":
      if (!context.listenTo) throw new Error("there is nowhere to send a recording to");
      return listen(effect, context.listenTo);
    case "dial":
      return dial(effect, context);
  }
}

/**
 * Recording is a `listen`: its `timeout` does nothing (jambonz 0.9.8, seen: f4), so silence is ours to notice, and `finishOnKey` comes in its
 * hook (f1). `mono` is the caller alone.
 */
function listen({ entry, finishOnKey }: RecordEffect, to: ListenTo): Verb {
  return {
    verb: "listen",
    id: verbId(entry),
    actionHook: hookPath(entry, "record"),
    url: to.url,
    wsAuth: { username: to.username, password: to.password },
    mixType: "mono",
    sampleRate: 8000,
    playBeep: to.beep,
    maxLength: seconds(to.maxMs),
    passDtmf: false,
    ...(finishOnKey === null ? {} : { finishOnKey }),
    metadata: to.metadata,
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
    ...(prompt === null ? {} : nestedIn(resolvePrompt(prompt))),
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
    ...(context.anchored ? { anchorMedia: true } : {}),
    ...(context.tellsFirst ? { confirmHook: hookPath(entry, "confirm") } : {}),
    ...dialMusic(music === null ? undefined : audioOf(context.resolvePrompt(music))[0]),
    ...shownAs(context),
    ...(Object.keys(context.headers).length === 0 ? {} : { headers: context.headers }),
  };
}

/**
 * The exchange is asked to ring the telephone, and tells how that goes. What follows is heard only where it has not said within 15 s what
 * became of it: the list of verbs goes on then, with the caller still there (jambonz 0.9.8, read: sip_refer.js; seen: h11, h12).
 */
function refer({ entry, target, music }: DialEffect, context: MediaContext): Verb[] {
  const url = music === null ? undefined : audioOf(context.resolvePrompt(music))[0];
  return [
    {
      verb: "sip:refer",
      id: verbId(entry),
      referTo: addressOf(context.resolveTarget(target)),
      actionHook: hookPath(entry, "refer"),
      eventHook: hookPath(entry, "progress"),
      ...(Object.keys(context.headers).length === 0 ? {} : { headers: context.headers }),
    },
    ...(url === undefined ? [] : [{ verb: "play", url, loop: "forever" }]),
  ];
}

/** As the exchange is to read it: a number or a name without a realm is one of its own (jambonz adds its host). */
function addressOf(target: JambonzTarget): string {
  switch (target.type) {
    case "sip":
      return target.sipUri;
    case "user":
      return target.name.includes("@") ? `sip:${target.name}` : target.name;
    case "phone":
      return target.number;
  }
}

/**
 * jambonz takes the number out of the caller's `From`, and passes their `P-Asserted-Identity` on unless it is told not to (jambonz 0.9.8,
 * read: dial.js): both may name a caller who asked to stay hidden.
 */
function shownAs({ callerId, hidden }: MediaContext) {
  if (hidden) return { callerId: callerId ?? "anonymous", forwardPAI: false };
  return callerId === null ? {} : { callerId };
}

function dialMusic(url: string | undefined) {
  return url === undefined ? {} : { dialMusic: url };
}

/** jambonz takes seconds, and 0 for "for ever": what is asked for is never that. */
function seconds(ms: number): number {
  return Math.max(100, ms) / 1000;
}
