import Type, { type Static } from "typebox";
import { contactSource, durationMs, optionalPromptId, template } from "../settings.ts";

export const AuthenticateConfig = Type.Object(
  {
    by: Type.Enum(["pin", "mail", "sms"]),
    source: contactSource(),
    to: template(200),
    maxDigits: Type.Integer({ minimum: 4, maximum: 16 }),
    attempts: Type.Integer({ minimum: 1, maximum: 5 }),
    patienceMs: durationMs(3_000, 120_000),
    prompt: optionalPromptId(),
    wrongPrompt: optionalPromptId(),
    verifiedPrompt: optionalPromptId(),
  },
  { additionalProperties: false },
);
export type AuthenticateConfig = Static<typeof AuthenticateConfig>;
