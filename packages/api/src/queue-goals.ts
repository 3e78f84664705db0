/** What a queue aims at and when its board rings an alarm; where nobody chose, the standards below hold. */
import { type Static, Type } from "typebox";

const closed = { additionalProperties: false } as const;
const limit = (maximum: number) => Type.Union([Type.Integer({ minimum: 1, maximum }), Type.Null()]);

/** So many of a hundred callers are to be answered within so long. */
export const ServiceLevelGoal = Type.Object(
  {
    percent: Type.Integer({ minimum: 1, maximum: 100, default: 80 }),
    withinMs: Type.Integer({ minimum: 1_000, maximum: 3_600_000, default: 20_000 }),
  },
  closed,
);
export type ServiceLevelGoal = Static<typeof ServiceLevelGoal>;

/** Each null: no such alarm. */
export const QueueLimits = Type.Object(
  {
    /** More callers than this wait. */
    waiting: limit(10_000),
    /** Somebody waits longer than this. */
    longestMs: limit(86_400_000),
    /** The service level of the last half-hour is below this, per cent. */
    serviceLevelPercent: limit(100),
    /** Callers wait and nobody is signed in for the queue. */
    nobodySignedIn: Type.Boolean(),
  },
  closed,
);
export type QueueLimits = Static<typeof QueueLimits>;

export const standardGoal: ServiceLevelGoal = { percent: 80, withinMs: 20_000 };
export const standardLimits: QueueLimits = {
  waiting: null,
  longestMs: 120_000,
  serviceLevelPercent: null,
  nobodySignedIn: true,
};
