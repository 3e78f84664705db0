import type { FlowPrompt } from "./flow-document.ts";

/**
 * Whether a text is no longer the one that its recording was made for. Spaces and line ends are not heard. A recording of which no text is
 * known (it was there before anything was written, or is of music) says what it says: the first text is taken for what is heard in it.
 */
export function isTextChanged(recordedFor: string | undefined, text: string | undefined): boolean {
  const [was, is] = [spoken(recordedFor), spoken(text)];
  return was !== "" && is !== "" && was !== is;
}

/** The languages in which a prompt's text changed since it was recorded. */
export function changedSinceRecorded(prompt: FlowPrompt): readonly string[] {
  return Object.keys(prompt.audio ?? {}).filter((language) =>
    isTextChanged(prompt.recordedTexts?.[language], prompt.texts[language]),
  );
}

/**
 * A prompt with another text in a language. A recording stays, and remembers the text it was made for. A built-in announcement and a
 * prompt of the library say their own words: with others it is the flow's own from then on.
 */
export function withText(prompt: FlowPrompt, language: string, text: string): FlowPrompt {
  const { builtIn: _, library: __, ...rest } = prompt;
  return { ...remembering(rest, language), texts: { ...prompt.texts, [language]: text } };
}

/** A prompt that was recorded in a language, with the words that stand there now. `media` is `sha256:…`. */
export function withRecording(prompt: FlowPrompt, language: string, media: string): FlowPrompt {
  return withRecordingRight({ ...prompt, audio: { ...prompt.audio, [language]: media } }, language);
}

/** A prompt whose recording was heard and is right for the text that stands there now. */
export function withRecordingRight(prompt: FlowPrompt, language: string): FlowPrompt {
  // What publishing takes from the library anew would not be kept.
  const { library: _, ...own } = prompt;
  return withRecordedTexts(own, { ...own.recordedTexts, [language]: own.texts[language] ?? "" });
}

/** A prompt without its recording in a language; its text stays. */
export function withoutRecording(prompt: FlowPrompt, language: string): FlowPrompt {
  const { audio = {}, library: _, ...rest } = withRecordedTexts(prompt, without(prompt.recordedTexts ?? {}, language));
  const kept = without(audio, language);
  return Object.keys(kept).length === 0 ? rest : { ...rest, audio: kept };
}

/** Recordings from before texts were remembered, and those that were made without one, are for the text that stands there now. */
function remembering(prompt: FlowPrompt, language: string): FlowPrompt {
  const isKnown = prompt.audio?.[language] === undefined || spoken(prompt.recordedTexts?.[language]) !== "";
  return isKnown ? prompt : withRecordingRight(prompt, language);
}

function withRecordedTexts(prompt: FlowPrompt, texts: Readonly<Record<string, string>>): FlowPrompt {
  const { recordedTexts: _, ...rest } = prompt;
  const known = Object.fromEntries(Object.entries(texts).filter(([, text]) => spoken(text) !== ""));
  return Object.keys(known).length === 0 ? rest : { ...rest, recordedTexts: known };
}

const without = (members: Readonly<Record<string, string>>, language: string): Record<string, string> =>
  Object.fromEntries(Object.entries(members).filter(([one]) => one !== language));

const spoken = (text = ""): string => text.trim().replace(/\s+/g, " ");
