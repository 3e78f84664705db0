import {
  type BuiltInLanguage,
  type BuiltInPrompt,
  type BuiltInPromptName,
  type BuiltInRecording,
  builtInLanguages,
  builtInPrompts,
} from "./built-in-prompts.ts";

export type BuiltInAudio = Omit<BuiltInRecording, "file"> & {
  readonly kind: BuiltInPrompt["kind"];
  /** The language that was found; differs from the one asked for when there was no such recording (worth a line in the trace). */
  readonly language: BuiltInLanguage;
  /** Where the WAV file lies; `node:fs` takes both forms. */
  readonly file: string | URL;
};

/**
 * Finds the recording of a built-in prompt, and always finds one: a caller is never left in silence for want of a translation.
 *
 * `language` is a BCP 47 tag (`fr-CA`), or several in order of preference: the caller's, then the flow's. Only the primary subtag
 * counts. When none of them is built in, the first of `builtInLanguages` is said, and `language` in the answer tells.
 *
 * `audioFolder` is where `audio/` of this package was put. Left out, it is found beside these sources, which holds from a checkout
 * and in tests but not from a bundle: a bundled program must pass it. A path gives a path, a URL gives a URL.
 */
export function builtInAudio(
  name: BuiltInPromptName,
  language: string | readonly string[],
  audioFolder: string | URL = defaultAudioFolder(),
): BuiltInAudio {
  const found = bestLanguage(typeof language === "string" ? [language] : language);
  const { kind, audio } = builtInPrompts[name];
  const { file, ...recording } = audio[found];
  return { ...recording, kind, language: found, file: inFolder(audioFolder, file) };
}

/** The folder with the WAV files, as long as this module runs from its own place and not from a bundle. */
export function defaultAudioFolder(): URL {
  return new URL(/* @vite-ignore */ "../audio/", import.meta.url);
}

function bestLanguage(wanted: readonly string[]): BuiltInLanguage {
  for (const tag of wanted) {
    const primary = tag.split("-")[0]?.toLowerCase();
    const found = builtInLanguages.find((language) => language === primary);
    if (found !== undefined) return found;
  }
  return builtInLanguages[0];
}

function inFolder(folder: string | URL, file: string): string | URL {
  if (folder instanceof URL) return new URL(file, folder.href.endsWith("/") ? folder : `${folder.href}/`);
  return folder.endsWith("/") ? `${folder}${file}` : `${folder}/${file}`;
}
