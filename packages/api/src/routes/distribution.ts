/** Of who is asked for which call: skills, and why an offer went where it went. */
import { type Static, Type } from "typebox";
import { Id } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A code of the company's list of skills. */
export const SkillCode = Type.String({ pattern: "^[a-zA-Z0-9-]{1,40}$" });
const WaitMs = Type.Integer({ minimum: 1_000, maximum: 86_400_000 });

/** A skill that a call asks for, and from when on less will do; level 0: it is no longer asked for. */
export const SkillNeed = Type.Object(
  {
    skillId: SkillCode,
    level: Type.Integer({ minimum: 1, maximum: 5 }),
    relax: Type.Array(Type.Object({ afterMs: WaitMs, level: Type.Integer({ minimum: 0, maximum: 5 }) }, closed), {
      maxItems: 5,
      default: [],
    }),
  },
  { ...closed, title: "SkillNeed" },
);
export type SkillNeed = Static<typeof SkillNeed>;

/** What an operator knows, and how well. */
export const KnownSkill = Type.Object(
  { skillId: SkillCode, level: Type.Integer({ minimum: 1, maximum: 5 }) },
  { ...closed, title: "KnownSkill" },
);
export type KnownSkill = Static<typeof KnownSkill>;

/** What a queue does beside asking one operator after the other. What is left out of a request stays as it is. */
export const QueueRules = Type.Object(
  {
    /** `pause`: paused; `stay`: available, passed by for this call only; `signOut`: signed out. Left out: as `missedMeansPause` says. */
    afterMissed: Type.Enum(["pause", "stay", "signOut"]),
    /** What calls of this queue are worth beside those of other queues that an operator serves; the highest first. */
    priority: Type.Integer({ minimum: 0, maximum: 100 }),
    /** A caller's priority rises by one each time this has passed; null: age does not count. */
    raiseEveryMs: nullable(WaitMs),
    /** What its calls ask of whoever takes them. */
    skills: Type.Array(SkillNeed, { maxItems: 10 }),
    /** How many operators are asked for one call at a time; the first who accepts has it. */
    atOnce: Type.Integer({ minimum: 1, maximum: 50 }),
    /** An offer is accepted by itself this long after the agent has shown it; null: by the operator. */
    autoAcceptMs: nullable(Type.Integer({ minimum: 1_000, maximum: 60_000 })),
    /** Who joins when so many callers wait leaves by the flow's output `full`, where the flow has that; null: any number waits. */
    mostWaiting: nullable(Type.Integer({ minimum: 1, maximum: 10_000 })),
    /** Who has waited so long leaves by the flow's output `overflowed`, where the flow has that; null: no limit of the queue's. */
    longestWaitMs: nullable(WaitMs),
    /** Callers wait in these queues too, after this long, or at once when so many wait before them. */
    overflow: nullable(
      Type.Object(
        {
          queueIds: Type.Array(Id, { minItems: 1, maxItems: 5, uniqueItems: true }),
          afterMs: nullable(WaitMs),
          fromWaiting: nullable(Type.Integer({ minimum: 1, maximum: 10_000 })),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type QueueRules = Static<typeof QueueRules>;

/** Why an operator could not be asked for a call. */
export const NotAskedReason = Type.Enum([
  "offline",
  "notTicked",
  "paused",
  "offered",
  "ringing",
  "talking",
  "wrapUp",
  "dialling",
  "handedOver",
  "noConnection",
  "telephoneMissing",
  "orphanedLeg",
  "refusedThisCall",
  "missedThisCall",
  "takenByEarlierCall",
  "notAsked",
  "skillMissing",
  "skillLevel",
  "notPreferredYet",
  "askedToo",
]);
export type NotAskedReason = Static<typeof NotAskedReason>;

const Person = Type.Object({ operatorId: Type.String(), name: Type.String() }, closed);

/** Why an offer went to its operator: who else could have been asked, in the order in which they would have been, and who could not. */
export const OfferReasons = Type.Object(
  {
    order: Type.Enum(["longestIdle", "roundRobin", "fixed", "fewestCalls"]),
    /** What put this operator first. */
    first: Type.Enum([
      "longestIdle",
      "roundRobin",
      "fixed",
      "fewestCalls",
      "onlyOne",
      "askedAgain",
      "earlierQueue",
      "taken",
      "preferred",
      "named",
      "bestSkill",
      "alsoAsked",
    ]),
    eligible: Type.Array(Person),
    not: Type.Array(Type.Object({ reason: NotAskedReason, operators: Type.Array(Person) }, closed)),
    /** What was asked for at that moment; level 0: no longer. */
    skills: Type.Array(Type.Object({ skillId: Type.String(), level: Type.Integer() }, closed)),
  },
  { ...closed, title: "OfferReasons" },
);
export type OfferReasons = Static<typeof OfferReasons>;
