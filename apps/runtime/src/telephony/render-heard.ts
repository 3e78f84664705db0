import type { HoldEffect, PlayEffect, PromptReference } from "@cordboard/node-kit";
import type { Verb } from "../ports/index.ts";
import { hookPath, keyHookPath, verbId } from "./media-address.ts";

/**
 * How a prompt is heard: audio that jambonz can fetch, one file or several after each other (addresses that end in .wav or .mp3 and have no
 * query: protocol B2, `play`), or a text that jambonz's synthesiser says, with the voice that is set for the application or another one of the
 * same vendor (`say` takes `default` for what is set: jambonz 0.9, read: say.js).
 */
export type Spoken =
  | { readonly url: string | readonly string[] }
  | { readonly text: string; readonly voice?: { readonly language: string; readonly name: string } | null };

type Resolve = (reference: PromptReference) => Spoken;

/**
 * A prompt, and the keys that cut it short. Decision record 11 says what was seen of each way.
 *
 * - No keys: a `play`. A text has no hook of its own: its end is that of a gather around it, which hears keys only after it, that is never.
 * - One key, audio: a gather that only this key ends (`finishOnKey`, no barge-in, no time-out), so that other keys do nothing at all. The end
 *   of the prompt comes by the hook of the play inside.
 * - Several keys, or a text: a gather that any key ends; the call core says the prompt again when it was none of them.
 */
export function renderPlay({ entry, prompt, keys }: PlayEffect, resolve: Resolve): Verb {
  const spoken = resolve(prompt);
  const id = verbId(entry);
  if (keys === "" && "url" in spoken) return { verb: "play", id, url: spoken.url, actionHook: hookPath(entry, "play") };
  const gather = { verb: "gather", id, input: ["digits"] };
  if (keys === "") {
    return {
      ...gather,
      ...nestedIn(spoken),
      listenDuringPrompt: false,
      timeout: SHORTEST_S,
      actionHook: hookPath(entry, "play"),
    };
  }
  if (keys.length === 1 && "url" in spoken) {
    return {
      ...gather,
      ...onlyKey(entry, keys),
      play: { url: spoken.url, actionHook: hookPath(entry, "prompt") },
    };
  }
  return { ...gather, ...nestedIn(spoken), numDigits: 1, timeout: SHORTEST_S, actionHook: hookPath(entry, "keys") };
}

/**
 * Music round and round. A text cannot go round: what has no audio is left out. The hook is for a file that is missing (jambonz 0.9.8, seen:
 * a10): without it the caller would wait in silence and nobody would know (c1). `music`: the files as they go on from where the caller was.
 */
export function renderHold({ entry, playlist, keys }: HoldEffect, resolve: Resolve, music?: readonly string[]): Verb {
  const url = music ?? playlist.flatMap((prompt) => audioOf(resolve(prompt)));
  const id = verbId(entry);
  if (keys === "") return { verb: "play", id, url, loop: "forever", actionHook: hookPath(entry, "play") };
  const listening = keys.length === 1 ? onlyKey(entry, keys) : { ...anyKey, actionHook: hookPath(entry, "keys") };
  return {
    verb: "gather",
    id,
    input: ["digits"],
    ...listening,
    play: { url, loop: "forever", actionHook: hookPath(entry, "music") },
  };
}

/** The files of what is heard; none for a text. */
export function audioOf(spoken: Spoken): readonly string[] {
  if (!("url" in spoken)) return [];
  return typeof spoken.url === "string" ? [spoken.url] : spoken.url;
}

/** A prompt inside a gather. */
export function nestedIn(spoken: Spoken): { readonly play: object } | { readonly say: object } {
  if ("url" in spoken) return { play: { url: spoken.url } };
  const { text, voice } = spoken;
  if (!voice) return { say: { text } };
  return { say: { text, synthesizer: { vendor: "default", language: voice.language, voice: voice.name } } };
}

/** jambonz takes 0 for "for ever", and 15 s when there is nothing. */
const SHORTEST_S = 0.1;
const NEVER = 0;
/**
 * Without `numDigits` nothing but the finish key ends it, and without a time-out no other key starts a timer (jambonz 0.9.8, read: gather.js
 * `_onDtmf`; seen: l7 for the finish key alone, l6 for keys without barge-in).
 */
const onlyKey = (entry: number, key: string) => ({
  finishOnKey: key,
  dtmfBargein: false,
  timeout: NEVER,
  actionHook: keyHookPath(entry, key),
});
const anyKey = { numDigits: 1, timeout: NEVER };
