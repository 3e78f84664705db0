import type { Sentence } from "@cordboard/flow-schema";
import en from "./flow-errors.en.json" with { type: "json" };
import fr from "./flow-errors.fr.json" with { type: "json" };

/** The codes of notes and of failures that the engine itself puts into a call's trace. */
export type FlowErrorCode = keyof typeof en;

export function isFlowErrorCode(code: string): code is FlowErrorCode {
  return Object.hasOwn(en, code);
}

/** The sentence of a code, in both languages, filled with the details of the note. */
export function flowErrorSentence(
  code: FlowErrorCode,
  details: Readonly<Record<string, string | number | boolean | null>> = {},
): Sentence {
  const fill = (template: string) =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
  return { fr: fill(fr[code]), en: fill(en[code]) };
}

/** The same for a code that may be none of ours: null then. */
export function flowErrorWords(
  code: string,
  details: Readonly<Record<string, string | number | boolean | null>> = {},
): Sentence | null {
  return isFlowErrorCode(code) ? flowErrorSentence(code, details) : null;
}
