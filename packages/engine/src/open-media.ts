import type {
  CollectEffect,
  DialTarget,
  Effect,
  MediaEffect,
  PromptChoice,
  PromptReference,
} from "@cordboard/node-kit";
import type { HeardMusic, OpenMedia } from "./call-snapshot.ts";
import type { Draft } from "./draft.ts";
import type { EngineAction } from "./machine-types.ts";
import { declaredVariables, prompt } from "./resolve.ts";

type Params<T extends EngineAction["type"]> = Extract<EngineAction, { type: T }>["params"];

export function say(draft: Draft, { prompt: choice, keys }: Params<"say">): void {
  const reference = prompt(draft, choice);
  // An advert is nothing that a caller would have said again.
  if (choice.kind !== "advert") draft.next.said = reference;
  play(draft, reference, keys);
}

/** Says what was said or asked last once more; to a caller who was told nothing yet, that they are to wait. */
export function sayAgain(draft: Draft, keys: string): void {
  const { said, language } = draft.next;
  const reference = said ?? { kind: "builtIn" as const, name: "pleaseWait", language };
  draft.next.said = reference;
  play(draft, reference, keys);
}

function play(draft: Draft, reference: PromptReference, keys: string): void {
  openMedia(draft, (entry) => ({ type: "play", entry, prompt: reference, keys }));
}

export function collect(draft: Draft, { prompt: choice, into, ...settings }: Params<"collect">): void {
  const reference = choice === null ? null : prompt(draft, choice);
  if (reference !== null) draft.next.said = reference;
  const secret = settings.secret || (into !== null && declaredVariables(draft)[into]?.secret === true);
  openMedia(draft, (entry): CollectEffect => ({ type: "collect", entry, ...settings, secret, prompt: reference }));
}

/**
 * Music from a list of prompts that are resolved already; also how music that stopped is started again. It goes on where this caller heard it
 * last, whatever was said or rung in between: who waits long does not hear the same beginning again and again.
 */
export function hold(draft: Draft, playlist: readonly PromptReference[], keys: string): void {
  const of = playlistName(playlist);
  const stopped = musicStopped(draft);
  const heardMs = stopped?.of === of ? stopped.heardMs : 0;
  openMedia(draft, (entry) => ({ type: "hold", entry, playlist, keys, ...(heardMs > 0 && { heardMs }) }));
  draft.next.music = { of, heardMs, since: draft.now };
}

/** Music for who waits in a queue: the node's own, of what it has none the queue's, and in the end what ships with the product. */
export function holdInQueue(
  draft: Draft,
  own: { readonly holdMusic: readonly PromptChoice[]; readonly adverts: readonly PromptChoice[] },
  keys: string,
): void {
  const { queueMusic, language } = draft.next;
  const resolved = (choices: readonly PromptChoice[]) => choices.map((one) => prompt(draft, one));
  const music = own.holdMusic.length > 0 ? resolved(own.holdMusic) : (queueMusic?.holdMusic ?? []);
  const between = queueMusic?.advertEveryMs === null ? queueMusic.adverts : [];
  const adverts = own.adverts.length > 0 ? resolved(own.adverts) : between;
  const builtIn = { kind: "builtIn", name: "holdMusic", language } as const;
  // Adverts of the flow alone are what its author asked for; those of a queue lie between pieces of music.
  const pieces = music.length === 0 && own.adverts.length === 0 ? [builtIn] : music;
  hold(draft, withAdverts(pieces, adverts), keys);
}

/** Music, advert, music, the next advert …: as long as it takes until each piece has met its turn. */
function withAdverts(
  music: readonly PromptReference[],
  adverts: readonly PromptReference[],
): readonly PromptReference[] {
  if (music.length === 0 || adverts.length === 0) return [...music, ...adverts];
  const turns = Math.max(music.length, adverts.length);
  return Array.from({ length: turns }, (_, turn) =>
    [music[turn % music.length], adverts[turn % adverts.length]].filter((one) => one !== undefined),
  ).flat();
}

/** The music as it stands when something else begins now. */
function musicStopped({ next, now }: Draft): HeardMusic | null {
  const music = next.music ?? null;
  if (music === null || music.since === null) return music;
  return { ...music, heardMs: music.heardMs + Math.max(0, now - music.since), since: null };
}

function playlistName(playlist: readonly PromptReference[]): string {
  return playlist
    .map((one) =>
      one.kind === "flow"
        ? one.promptId
        : one.kind === "builtIn"
          ? `${one.name}:${one.language}`
          : one.kind === "media"
            ? one.media
            : one.kind,
    )
    .join(" ");
}

export function record(draft: Draft, params: Params<"record">): void {
  const opened = draft.next.mailbox?.contents?.boxId;
  const boxId = params.purpose === "greeting" && opened !== undefined ? opened : params.boxId;
  openMedia(draft, (entry) => ({ type: "record", entry, ...params, boxId }));
}

export function dial(
  draft: Draft,
  settings: { target: DialTarget; ringMs: number; music: PromptChoice | null; offerId: string | null },
): void {
  const music = settings.music === null ? null : prompt(draft, settings.music);
  openMedia(draft, (entry) => ({ type: "dial", entry, ...settings, music }));
}

/** The end of the call: a refusal with this SIP status before the answer. Nothing answers it. */
export function hangUp(draft: Draft, declineStatus: number): void {
  replaceMedia(draft, { type: "hangUp", declineStatus });
  draft.next.open = { ...draft.next.open, media: null };
}

function openMedia(draft: Draft, make: (entry: number) => Exclude<MediaEffect, { type: "hangUp" }>): void {
  const { next } = draft;
  const effect = make(next.nextEntry);
  if (effect.type !== "hold" && next.music) next.music = musicStopped(draft);
  replaceMedia(draft, effect);
  next.nextEntry += 1;
  next.open = { ...next.open, media: opened(effect) };
}

/** The caller hears one thing at a time: what was to be heard in this same step is not sent at all. */
function replaceMedia(draft: Draft, effect: MediaEffect): void {
  if (draft.effects.some(isMedia)) draft.effects = draft.effects.filter((one) => !isMedia(one));
  draft.effects.push(effect);
}

function opened(effect: Exclude<MediaEffect, { type: "hangUp" }>): OpenMedia {
  const { entry } = effect;
  switch (effect.type) {
    case "play":
      return { entry, kind: "play", keys: effect.keys };
    case "collect":
      return { entry, kind: "collect", oneKey: effect.maxDigits === 1 };
    case "hold":
      return { entry, kind: "hold", playlist: effect.playlist, keys: effect.keys };
    case "record":
      return { entry, kind: "record" };
    case "dial":
      return { entry, kind: "dial", offerId: effect.offerId };
  }
}

export function isMedia(effect: Effect): effect is MediaEffect {
  return MEDIA.has(effect.type);
}
const MEDIA: ReadonlySet<Effect["type"]> = new Set(["play", "collect", "hold", "record", "dial", "hangUp"]);
