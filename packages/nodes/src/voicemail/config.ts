import { GREETING_STATES } from "@cordboard/node-kit";
import Type, { type Static } from "typebox";
import { durationMs, key, optionalPromptId, voicemailBoxId } from "../settings.ts";

export const VoicemailConfig = Type.Object(
  {
    box: voicemailBoxId(),
    greeting: optionalPromptId(),
    greetingFor: Type.Optional(Type.Union([...GREETING_STATES.map((state) => Type.Literal(state)), Type.Null()])),
    beep: Type.Boolean(),
    finishOnKey: Type.Union([key(), Type.Null()]),
    maxMs: durationMs(5_000, 1_800_000),
    minMs: durationMs(500, 60_000),
    silenceMs: Type.Union([durationMs(1_000, 60_000), Type.Null()]),
    attempts: Type.Integer({ minimum: 1, maximum: 5 }),
    tooShortPrompt: optionalPromptId(),
    review: Type.Boolean(),
    reviewPrompt: optionalPromptId(),
    patienceMs: durationMs(1_000, 60_000),
  },
  { additionalProperties: false },
);
export type VoicemailConfig = Static<typeof VoicemailConfig>;
