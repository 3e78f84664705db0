import Type, { type Static } from "typebox";
import { durationMs, optionalPromptId, promptId, queueId } from "../settings.ts";

export const HuntConfig = Type.Object(
  {
    queue: queueId(),
    priority: Type.Integer({ minimum: 0, maximum: 100 }),
    announcement: optionalPromptId(),
    holdMusic: Type.Array(promptId(), { maxItems: 20 }),
    maxWaitMs: Type.Union([durationMs(1_000, 86_400_000), Type.Null()]),
    leaveWhenUnstaffed: Type.Boolean(),
    ringMs: durationMs(5_000, 120_000),
    ringMusic: optionalPromptId(),
  },
  { additionalProperties: false },
);
export type HuntConfig = Static<typeof HuntConfig>;
