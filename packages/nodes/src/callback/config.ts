import Type, { type Static } from "typebox";
import { durationMs, optionalPromptId, queueId, scheduleId, variableName } from "../settings.ts";

export const CallbackConfig = Type.Object(
  {
    queue: queueId(),
    schedule: Type.Union([scheduleId(), Type.Null()]),
    keepPlace: Type.Boolean(),
    variable: variableName(),
    numberPrompt: optionalPromptId(),
    confirmPrompt: optionalPromptId(),
    enterPrompt: optionalPromptId(),
    wrongPrompt: optionalPromptId(),
    minDigits: Type.Integer({ minimum: 2, maximum: 20 }),
    maxDigits: Type.Integer({ minimum: 2, maximum: 20 }),
    attempts: Type.Integer({ minimum: 1, maximum: 5 }),
    patienceMs: durationMs(1_000, 60_000),
    interDigitMs: durationMs(500, 30_000),
    // What came later may be left out: flows that were drawn before run as they did.
    slots: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type CallbackConfig = Static<typeof CallbackConfig>;
