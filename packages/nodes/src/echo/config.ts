import Type, { type Static } from "typebox";
import { durationMs, optionalPromptId } from "../settings.ts";

export const EchoConfig = Type.Object(
  {
    prompt: optionalPromptId(),
    maxMs: durationMs(2_000, 60_000),
    question: optionalPromptId(),
    attempts: Type.Integer({ minimum: 1, maximum: 5 }),
    patienceMs: durationMs(1_000, 60_000),
  },
  { additionalProperties: false },
);
export type EchoConfig = Static<typeof EchoConfig>;
