import Type, { type Static } from "typebox";
import {
  durationMs,
  expression,
  key,
  optionalPromptId,
  ownId,
  promptId,
  queueId,
  skillId,
  template,
} from "../settings.ts";

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
    // What came later may be left out: flows that were drawn before run as they did.
    offerMs: Type.Optional(Type.Union([durationMs(5_000, 120_000), Type.Null()])),
    leaveWhenBusy: Type.Optional(Type.Boolean()),
    leaveKey: Type.Optional(Type.Union([key(), Type.Null()])),
    adverts: Type.Optional(Type.Array(promptId(), { maxItems: 20 })),
    reminders: Type.Optional(Type.Array(promptId(), { maxItems: 20 })),
    reminderEveryMs: Type.Optional(durationMs(5_000, 3_600_000)),
    priorityFrom: Type.Optional(Type.Union([expression(), Type.Null()])),
    skills: Type.Optional(
      Type.Array(
        Type.Object(
          {
            skill: skillId(),
            level: Type.Integer({ minimum: 1, maximum: 5, default: 1 }),
            relax: Type.Array(
              Type.Object(
                {
                  afterMs: durationMs(1_000, 86_400_000),
                  level: Type.Integer({ minimum: 0, maximum: 5, default: 0 }),
                },
                { additionalProperties: false },
              ),
              { maxItems: 5, default: [] },
            ),
          },
          { additionalProperties: false },
        ),
        { maxItems: 10 },
      ),
    ),
    preferLastOperator: Type.Optional(Type.Boolean()),
    preferred: Type.Optional(Type.Union([template(200), Type.Null()])),
    preferMs: Type.Optional(durationMs(1_000, 600_000)),
    leaveWhenFull: Type.Optional(Type.Boolean()),
    leaveKeys: Type.Optional(
      Type.Array(
        Type.Object(
          { id: ownId(), digit: key(), label: Type.String({ maxLength: 100 }) },
          { additionalProperties: false },
        ),
        { maxItems: 10 },
      ),
    ),
    repeatKey: Type.Optional(Type.Union([key(), Type.Null()])),
  },
  { additionalProperties: false },
);
export type HuntConfig = Static<typeof HuntConfig>;
