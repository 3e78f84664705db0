/** Which verb a hook belongs to: we choose the hook's path and the verb's id, and jambonz gives them back. */
export type MediaKind = "play" | "collect" | "dial" | "record" | ReferredKind | ListenedKind | ToldKind;

/** What the telephone that was dialled hears before it is connected: what it is asked for, and what was heard. */
export type ToldKind = "confirm" | "notice" | "refusal";

/** Handing a caller to the exchange: how it ended, and how it goes. */
export type ReferredKind = "refer" | "progress";

/**
 * What is played while keys are listened for, which is a gather with a play inside. `keys`: the gather's own hook; `prompt`, `music`: that of
 * the play inside it, whose ack jambonz ignores (jambonz 0.9.8, read: `performAction` of a nested task).
 */
export type ListenedKind = "keys" | "prompt" | "music";

/** The id of the verb that carries out the effect with this entry; comes back in `verb:status` and `jambonz:error`. */
export function verbId(entry: number): string {
  return `e${entry}`;
}

/** The path to which the verb's result is posted. */
export function hookPath(entry: number, kind: MediaKind): string {
  return `/e/${entry}/${kind}`;
}

/** For a gather that ends with one certain key, which its hook does not name (jambonz 0.9.8, seen: l7). */
export function keyHookPath(entry: number, key: string): string {
  return `${hookPath(entry, "keys")}/${KEY_NAMES[key] ?? key}`;
}

const KEY_NAMES: Readonly<Record<string, string>> = { "*": "star", "#": "hash" };

/** Where jambonz posts what it makes out of whoever picked up a call that we placed. */
export const MACHINE_HOOK = "/machine";

/** The entry in a verb's id; `null` for an id that is not ours. */
export function entryOfId(id: unknown): number | null {
  const match = typeof id === "string" ? /^e(\d{1,15})$/.exec(id) : null;
  return match ? Number(match[1]) : null;
}

/** Where jambonz asks what a leg that is parted from its call is to do. */
export const PART_HOOK = "/part";

/** The id of what a leg that is apart is sent as its `turn`: no step of a flow, so no entry. */
export function turnId(turn: number): string {
  return `a${turn}`;
}

/** The turn in a verb's id; `null` for another id. */
export function turnOfId(id: unknown): number | null {
  const match = typeof id === "string" ? /^a(\d{1,15})$/.exec(id) : null;
  return match ? Number(match[1]) : null;
}

/** What a hook's path says: `key` where the gather ends with that one only. */
export interface HookAddress {
  readonly entry: number;
  readonly kind: MediaKind;
  readonly key: string | null;
}

/** Reads a hook's path; `null` for a path that is not ours. */
export function entryOfPath(path: string): HookAddress | null {
  const [, entry, kind, name] =
    /^\/e\/(\d{1,15})\/(play|collect|dial|record|refer|progress|keys|prompt|music|confirm|notice|refusal)(?:\/([0-9]|star|hash))?$/.exec(
      path,
    ) ?? [];
  if (entry === undefined || !isMediaKind(kind)) return null;
  const key = name === "star" ? "*" : name === "hash" ? "#" : (name ?? null);
  return key !== null && kind !== "keys" ? null : { entry: Number(entry), kind, key };
}

const KINDS: readonly string[] = [
  "play",
  "collect",
  "dial",
  "record",
  "refer",
  "progress",
  "keys",
  "prompt",
  "music",
  "confirm",
  "notice",
  "refusal",
] satisfies MediaKind[];

function isMediaKind(word: string | undefined): word is MediaKind {
  return word !== undefined && KINDS.includes(word);
}
