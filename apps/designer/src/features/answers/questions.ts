import type { Question, Script } from "@cordboard/api";
import { withoutValues } from "@cordboard/api/questionnaire";

/** A question of a script, as a choice names it: by its script, and by what it asks. */
export interface KnownQuestion {
  /** `<scriptId>|<question>`: reports and the search of calls know it by that. */
  readonly place: string;
  readonly scriptName: string;
  readonly text: string;
  readonly kind: Question["kind"];
  readonly options: readonly { readonly key: string; readonly label: string }[];
}

/** The questions that the company's scripts ask today, script by script and in their order. */
export function questionsOf(scripts: readonly Pick<Script, "scriptId" | "name" | "questionnaire">[]): KnownQuestion[] {
  return scripts.flatMap(({ scriptId, name, questionnaire }) =>
    (questionnaire?.steps ?? [])
      .flatMap(({ questions }) => questions)
      .map(({ key, text, kind, options = [] }) => ({
        ...{ place: `${scriptId}|${key}`, scriptName: name },
        ...{ text: withoutValues(text), kind, options },
      })),
  );
}
