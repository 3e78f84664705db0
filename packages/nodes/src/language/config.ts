import Type, { type Static } from "typebox";
import { durationMs, key, languageTag, optionalPromptId, ownId } from "../settings.ts";

export const LanguageConfig = Type.Object(
  {
    prompt: optionalPromptId(),
    choices: Type.Array(
      Type.Object({ id: ownId(), digit: key(), language: languageTag() }, { additionalProperties: false }),
      { minItems: 1, maxItems: 12 },
    ),
    attempts: Type.Integer({ minimum: 1, maximum: 5 }),
    patienceMs: durationMs(1_000, 60_000),
  },
  { additionalProperties: false },
);
export type LanguageConfig = Static<typeof LanguageConfig>;
