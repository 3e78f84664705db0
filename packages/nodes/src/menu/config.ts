import Type, { type Static } from "typebox";
import { durationMs, key, optionalPromptId, ownId, promptId } from "../settings.ts";

export const MenuConfig = Type.Object(
  {
    prompt: promptId(),
    choices: Type.Array(
      Type.Object(
        { id: ownId(), digit: Type.String({ pattern: "^[0-9*#]$" }), label: Type.String({ maxLength: 100 }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 12 },
    ),
    attempts: Type.Integer({ minimum: 1, maximum: 5 }),
    patienceMs: durationMs(1_000, 60_000),
    invalidPrompt: optionalPromptId(),
    noInputPrompt: optionalPromptId(),
    // What came later may be left out: flows that were drawn before run as they did.
    repeatKey: Type.Optional(Type.Union([key(), Type.Null()])),
  },
  { additionalProperties: false },
);
export type MenuConfig = Static<typeof MenuConfig>;
