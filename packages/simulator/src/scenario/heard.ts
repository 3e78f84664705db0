import type { PromptReference } from "@cordboard/node-kit";

/**
 * One thing that the caller hears. Its name is the prompt's id in the flow, the name of a built-in announcement, `recording` for what they
 * recorded themselves, `message` for one in a voicemail box, the value that is said in pieces, `position 2, 5 min` for a place in line,
 * or `slot 2026-12-01T09:00Z, key 2` for a time at which they may have themselves called back.
 */
export interface Heard {
  readonly name: string;
  readonly prompt: PromptReference;
  readonly language: string;
  readonly values: Readonly<Record<string, string>>;
  readonly from: number;
  readonly until: number;
  /** Part of music that goes round. */
  readonly waiting: boolean;
}

function nameOf(prompt: PromptReference): string {
  if (prompt.kind === "flow") return prompt.promptId;
  switch (prompt.kind) {
    case "builtIn":
      return prompt.name;
    case "media":
      return prompt.media;
    case "text":
      return prompt.text;
    case "recording":
      return "recording";
    case "message":
      return prompt.fromMs === 0 ? "message" : "rest of message";
    case "greeting":
      return "voicemailGreeting";
    case "slot":
      return `slot ${new Date(prompt.at).toISOString().slice(0, 16)}Z, key ${prompt.key}`;
    case "pieces":
      return prompt.value;
    case "place":
      return [
        ...(prompt.position === null ? [] : [`position ${prompt.position}`]),
        ...(prompt.minutes === null ? [] : [`${prompt.minutes} min`]),
      ].join(", ");
  }
}

export function heard(prompt: PromptReference, from: number, lasts: number, waiting: boolean): Heard {
  return {
    name: nameOf(prompt),
    prompt,
    language: "language" in prompt ? prompt.language : "",
    values: prompt.kind === "flow" ? prompt.values : {},
    from,
    until: from + lasts,
    waiting,
  };
}
