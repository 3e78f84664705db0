import type { FlowPrompt } from "@cordboard/flow-schema";
import { fillTemplate } from "@cordboard/node-kit";
import type { SimStep } from "@cordboard/simulator/scenario";
import type { CompanyThings } from "../../widgets/company-things.ts";

type Heard = SimStep["heard"][number];

/** One thing that the caller hears, for the screen. */
export interface HeardWords {
  /** What is said; null: `kind` says all there is. */
  readonly text: string | null;
  readonly kind: "said" | "music" | "recording" | "message" | "greeting" | "place" | "slot" | "tone";
  /** SHA-256 of what is recorded of it. */
  readonly audio: string | null;
  /** BCP 47, of the text. */
  readonly language: string;
}

type Sources = Pick<CompanyThings, "builtIn" | "builtInText" | "library">;

/** What is heard, in words, and as it was recorded where it was. */
export function heardWords(
  { prompt, language, waiting, name }: Heard,
  prompts: Readonly<Record<string, FlowPrompt>>,
  things: Sources,
): HeardWords {
  const words = (text: string | null, audio: string | null, kind: HeardWords["kind"] = "said"): HeardWords => ({
    ...{ text, audio, language },
    kind: waiting ? "music" : kind,
  });
  const builtIn = (called: string): HeardWords => {
    const found = things.builtIn.find((one) => one.name === called);
    const audio = found?.audio[language] ?? found?.audio[language.slice(0, 2)] ?? null;
    const text = things.builtInText(called, language);
    return words(text ?? (called === "beep" ? null : called), audio, called === "beep" ? "tone" : "said");
  };
  switch (prompt.kind) {
    case "flow": {
      const of = prompts[prompt.promptId];
      if (!of) return words(name, null);
      const spoken = of.texts[language] ?? Object.values(of.texts)[0] ?? "";
      const media = (of.audio?.[language] ?? Object.values(of.audio ?? {})[0])?.replace("sha256:", "") ?? null;
      if (media === null && of.builtIn !== undefined) return builtIn(of.builtIn);
      return words(fillTemplate(spoken, prompt.values) || of.name || name, media);
    }
    case "builtIn":
      return builtIn(prompt.name);
    case "text":
      return words(prompt.text, null);
    case "media":
      return words(null, prompt.media.replace("sha256:", ""), "music");
    case "pieces":
      return words(prompt.value, null);
    case "place":
    case "slot":
      return words(name, null, prompt.kind);
    case "recording":
    case "message":
    case "greeting":
      return words(null, null, prompt.kind);
  }
}
