import type { LibraryPrompt } from "@cordboard/api";
import type { FlowDocument, FlowPrompt } from "@cordboard/flow-schema";

type Library = ReadonlyMap<string, Pick<LibraryPrompt, "texts" | "audio">>;

/** The document with what the library says and plays today in each prompt that comes from it; one that is gone keeps its copy. */
export function pinPrompts(document: FlowDocument, library: Library): FlowDocument {
  const prompts = Object.entries(document.prompts).map(([id, prompt]) => [id, pinPrompt(prompt, library)] as const);
  return { ...document, prompts: Object.fromEntries(prompts) };
}

/** One prompt, as pinPrompts has it. */
export function pinPrompt(prompt: FlowPrompt, library: Library): FlowPrompt {
  const source = prompt.library === undefined ? undefined : library.get(prompt.library);
  if (!source) return prompt;
  const { audio: copied, recordedTexts: saidThen, ...kept } = prompt;
  const audio = Object.entries(source.audio).map(([language, { sha256 }]) => [language, `sha256:${sha256}`] as const);
  const recordedTexts = Object.entries(source.audio).flatMap(([language, { text = "" }]) =>
    text.trim() === "" ? [] : [[language, text] as const],
  );
  return {
    ...kept,
    texts: { ...source.texts },
    ...(audio.length > 0 && { audio: Object.fromEntries(audio) }),
    ...(recordedTexts.length > 0 && { recordedTexts: Object.fromEntries(recordedTexts) }),
  };
}
