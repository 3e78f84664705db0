import type { PromptReference } from "@cordboard/node-kit";

/** One thing that the caller hears. Its name is the prompt's id in the flow, or the name of a built-in announcement. */
export interface Heard {
  readonly name: string;
  readonly language: string;
  readonly values: Readonly<Record<string, string>>;
  readonly from: number;
  readonly until: number;
  /** Part of music that goes round. */
  readonly waiting: boolean;
}

function nameOf(prompt: PromptReference): string {
  if (prompt.kind === "flow") return prompt.promptId;
  return prompt.kind === "builtIn" ? prompt.name : prompt.media;
}

export function heard(prompt: PromptReference, from: number, lasts: number, waiting: boolean): Heard {
  return {
    name: nameOf(prompt),
    language: prompt.kind === "media" ? "" : prompt.language,
    values: prompt.kind === "flow" ? prompt.values : {},
    from,
    until: from + lasts,
    waiting,
  };
}
