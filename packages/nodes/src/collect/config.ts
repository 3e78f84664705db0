import Type, { type Static } from "typebox";
import { durationMs, key, optionalPromptId, variableName } from "../settings.ts";

export const CollectConfig = Type.Object(
  {
    variable: variableName(),
    prompt: optionalPromptId(),
    minDigits: Type.Integer({ minimum: 1, maximum: 32 }),
    maxDigits: Type.Integer({ minimum: 1, maximum: 32 }),
    finishOnKey: Type.Union([key(), Type.Null()]),
    patienceMs: durationMs(1_000, 60_000),
    interDigitMs: durationMs(500, 30_000),
    attempts: Type.Integer({ minimum: 1, maximum: 5 }),
    invalidPrompt: optionalPromptId(),
    noInputPrompt: optionalPromptId(),
    confirm: Type.Boolean(),
    beforePrompt: optionalPromptId(),
    confirmPrompt: optionalPromptId(),
    // What came later may be left out: flows that were drawn before run as they did.
    repeatKey: Type.Optional(Type.Union([key(), Type.Null()])),
  },
  { additionalProperties: false },
);
export type CollectConfig = Static<typeof CollectConfig>;
