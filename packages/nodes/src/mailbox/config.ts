import Type, { type Static } from "typebox";
import { durationMs, voicemailBoxId } from "../settings.ts";

export const MailboxConfig = Type.Object(
  {
    box: Type.Union([voicemailBoxId(), Type.Null()]),
    attempts: Type.Integer({ minimum: 1, maximum: 5 }),
    envelope: Type.Boolean(),
    callBack: Type.Boolean(),
    greetings: Type.Boolean(),
    patienceMs: durationMs(1_000, 60_000),
  },
  { additionalProperties: false },
);
export type MailboxConfig = Static<typeof MailboxConfig>;
