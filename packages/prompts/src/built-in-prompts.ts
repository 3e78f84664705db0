import manifest from "./manifest.generated.json" with { type: "json" };

/** The languages in which everything built in exists, by their primary subtag (BCP 47). */
export const builtInLanguages = ["fr", "en"] as const;

export type BuiltInLanguage = (typeof builtInLanguages)[number];

export type BuiltInPromptName = keyof typeof manifest;

/** One language of a built-in prompt. Where nobody speaks, both languages name the same file. */
export type BuiltInRecording = {
  /** Name of the WAV file inside the audio folder: 8 kHz, mono, PCM 16 bit. */
  readonly file: string;
  /** SHA-256 of the whole file, 64 hexadecimal digits: its name in the content-addressed media store. */
  readonly sha256: string;
  readonly durationMs: number;
  /** What is said; for music and tones, what a person reads in its place. */
  readonly text: string;
};

export type BuiltInPrompt = {
  readonly kind: "speech" | "music" | "tone";
  readonly audio: Readonly<Record<BuiltInLanguage, BuiltInRecording>>;
};

/** Everything that ships with audio. Made by `scripts/build-prompts.mjs` from the texts; see README.md. */
export const builtInPrompts: Readonly<Record<BuiltInPromptName, BuiltInPrompt>> = typed(manifest);

/** True when a built-in prompt has this name; narrows a name that came from a flow or a setting. */
export function isBuiltInPromptName(name: string): name is BuiltInPromptName {
  return Object.hasOwn(builtInPrompts, name);
}

type Read = { kind: string; audio: Record<BuiltInLanguage, BuiltInRecording> };

/** JSON modules widen `kind` to `string`; this puts the three kinds back and refuses a manifest that has a fourth. */
function typed<Name extends string>(read: Record<Name, Read>): Record<Name, BuiltInPrompt> {
  if (!hasKnownKinds(read)) throw new Error("manifest.generated.json has a kind of prompt that is not known");
  return read;
}

function hasKnownKinds<Name extends string>(read: Record<Name, Read>): read is Record<Name, BuiltInPrompt> {
  return Object.values<Read>(read).every(({ kind }) => ["speech", "music", "tone"].includes(kind));
}
