import { type Static, Type } from "typebox";
import { QueueLimits, ServiceLevelGoal } from "../queue-goals.ts";
import { DurationMs, Id, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";
import { QueueRules } from "./distribution.ts";
import { RecordingRules } from "./recording-rules.ts";

const closed = { additionalProperties: false } as const;

export const CallbackSlots = Type.Object(
  {
    /** From one to the next, whole minutes. */
    lengthMs: Type.Integer({ minimum: 300_000, maximum: 86_400_000, multipleOf: 60_000, default: 3_600_000 }),
    /** How many callbacks may be promised for one; null: any number. */
    most: Type.Union([Type.Integer({ minimum: 1, maximum: 1_000 }), Type.Null()], { default: 3 }),
    /** As far ahead as the end of this many days, of which today is the first. */
    days: Type.Integer({ minimum: 1, maximum: 31, default: 3 }),
    /** How many of the next free ones a caller hears, each with its key. */
    told: Type.Integer({ minimum: 1, maximum: 8, default: 4 }),
  },
  { ...closed, title: "CallbackSlots" },
);
export type CallbackSlots = Static<typeof CallbackSlots>;

/** One line of waiting callers: who may answer, how they are asked, what opens when a call is accepted. */
const fields = {
  name: Name,
  /** Who may answer, in the order that `fixed` asks them. */
  operatorIds: Type.Array(Id, { uniqueItems: true, maxItems: 1000, default: [] }),
  order: Type.Enum(["longestIdle", "roundRobin", "fixed", "fewestCalls"], { default: "longestIdle" }),
  /** How long an offer stands. */
  offerMs: Type.Integer({ minimum: 3000, maximum: 120_000, default: 20_000 }),
  /** Longest wrap-up; null: until the operator says Ready. */
  wrapUpMs: Type.Union([DurationMs, Type.Null()], { default: null }),
  refusalAllowed: Type.Boolean({ default: true }),
  /** An operator who lets an offer run out is paused. `afterMissed`, where given, says more. */
  missedMeansPause: Type.Boolean({ default: true }),
  /** Not asked again for the same call before this, while somebody else could take it … */
  askAgainMs: Type.Integer({ minimum: 0, maximum: 3_600_000, default: 60_000 }),
  /** … and when nobody else could. */
  askAgainAloneMs: Type.Integer({ minimum: 0, maximum: 3_600_000, default: 10_000 }),
  /** What opens when the flow names no script. */
  scriptId: Type.Union([Id, Type.Null()], { default: null }),
  /** What is promised to callers who leave their number. A promise keeps what was stated when it was made. */
  callbacks: Type.Object(
    {
      /** How many may be open; null: any number. */
      most: Type.Union([Type.Integer({ minimum: 0, maximum: 10_000 }), Type.Null()], { default: 50 }),
      /** How often the number is rung before it is given up and reported. */
      attempts: Type.Integer({ minimum: 1, maximum: 10, default: 3 }),
      /** After an attempt that reached nobody, the next comes this long after it, at the earliest. */
      retryMs: Type.Integer({ minimum: 60_000, maximum: 86_400_000, default: 900_000 }),
      /** They are made while this schedule is open; null: whenever an operator is free. */
      scheduleId: Type.Union([Id, Type.Null()], { default: null }),
      /**
       * Times that callers may choose by telephone, in the opening hours above; null: as soon as possible only. Whoever chooses one for a caller
       * on screen may, where there are none, choose any whole hour. Absent in a change: as it is.
       */
      slots: Type.Optional(Type.Union([CallbackSlots, Type.Null()])),
      /**
       * Who is rung first, once an operator has accepted: their telephone, or the person, who hears a word and music while it rings, and waits
       * first in line where it is not answered. Absent in a change: as it is.
       */
      first: Type.Optional(Type.Enum(["operator", "caller"])),
      /**
       * Where the person is rung first: an answering machine that picks up is left alone (`leave`), which counts as an attempt, or put through
       * like a person (`putThrough`). Absent in a change: as it is.
       */
      machines: Type.Optional(Type.Enum(["putThrough", "leave"])),
    },
    { ...closed, default: {} },
  ),
  /** What an operator does when the conversation is over. Absent in a change: as it is. */
  afterCall: Type.Optional(
    Type.Object(
      {
        /** “One more …”: how often the end of a wrap-up with a limit may be put off, and by how much each time. */
        extensions: Type.Integer({ minimum: 0, maximum: 20, default: 2 }),
        extensionMs: Type.Integer({ minimum: 10_000, maximum: 600_000, default: 60_000 }),
        /** Codes of the company's outcomes that may be chosen; null: all of them. */
        outcomes: Type.Union(
          [Type.Array(Type.String({ maxLength: 40 }), { uniqueItems: true, maxItems: 100 }), Type.Null()],
          {
            default: null,
          },
        ),
        /** *Ready* is refused until one was chosen; a limit ends the wrap-up all the same. */
        outcomeNeeded: Type.Boolean({ default: false }),
      },
      closed,
    ),
  ),
  /**
   * How a caller reaches the operator who accepts: connected through the server, which sees the whole conversation, or handed to the exchange
   * by SIP REFER. Absent in a change: as it is.
   */
  connect: Type.Optional(Type.Enum(["bridged", "refer"])),
  /** How calls of this queue are passed on. Absent in a change: as it is. */
  passingOn: Type.Optional(
    Type.Object(
      {
        /** Where a call that is passed on to this queue waits: before everybody, or where it would be had it waited here since it first waited. */
        place: Type.Enum(["head", "kept"], { default: "kept" }),
      },
      closed,
    ),
  ),
  /** What callers who wait are told of their place: only what is better than what they were told before. Absent in a change: as it is. */
  placeNews: Type.Optional(
    Type.Object(
      {
        /** `wait`: the expected wait, in rounded minutes, where it is known. */
        say: Type.Enum(["never", "position", "wait", "both"], { default: "never" }),
        /** Not before they have waited so long. */
        firstMs: Type.Integer({ minimum: 5_000, maximum: 3_600_000, default: 15_000 }),
        /** How long until there may be news again. */
        everyMs: Type.Integer({ minimum: 15_000, maximum: 3_600_000, default: 60_000 }),
        /** Who is further back is not told their position; null: everybody is. */
        upToPosition: Type.Union([Type.Integer({ minimum: 1, maximum: 10_000 }), Type.Null()], { default: 20 }),
        /** A longer wait is not told; null: any is. */
        upToWaitMs: Type.Union([Type.Integer({ minimum: 60_000, maximum: 86_400_000 }), Type.Null()], {
          default: 1_800_000,
        }),
      },
      closed,
    ),
  ),
  /**
   * What callers hear who wait, where their flow has nothing of its own: prompts of the library. A flow's own goes before. Absent in a change: as it is.
   */
  music: Type.Optional(
    Type.Object(
      {
        /** One after the other, round and round; empty: the music that ships with the product. */
        holdMusic: Type.Array(Id, { maxItems: 20, default: [] }),
        adverts: Type.Array(Id, { maxItems: 20, default: [] }),
        /** From one advert to the next, cutting in on the music, which goes on where it was; null: one after each piece of music. */
        advertEveryMs: Type.Union([Type.Integer({ minimum: 10_000, maximum: 3_600_000 }), Type.Null()], {
          default: null,
        }),
      },
      closed,
    ),
  ),
  /** When the queue takes callers, and what those hear whom it does not take. Absent in a change: as it is. */
  opening: Type.Optional(
    Type.Object(
      {
        /** It takes callers while this schedule is open; null: at any time. Either way a supervisor may open or close it by hand. */
        scheduleId: Type.Union([Id, Type.Null()], { default: null }),
        /** Of lines that lead straight to the queue: what callers hear while it is closed; null: an announcement of the product. */
        promptId: Type.Union([Id, Type.Null()], { default: null }),
        /** Of these lines too: where callers may leave a message then; null: the call ends. */
        boxId: Type.Union([Id, Type.Null()], { default: null }),
      },
      closed,
    ),
  ),
  /** How many callers are to be answered, and how soon. Absent: 80 % within 20 s. */
  goal: Type.Optional(ServiceLevelGoal),
  /** When the live board rings. Absent: somebody waits longer than two minutes, or callers wait and nobody is signed in. */
  limits: Type.Optional(QueueLimits),
  /**
   * Which conversations are recorded, where the flow says nothing of it (node type `record`): of those who call, and of callbacks.
   */
  recording: Type.Optional(RecordingRules),
};

export const QueueFields = Type.Object({ ...fields, ...Type.Partial(QueueRules).properties }, closed);
export type QueueFields = Static<typeof QueueFields>;
export const Queue = Type.Object(
  { queueId: Id, rev: Rev, ...fields, ...QueueRules.properties },
  { ...closed, title: "Queue" },
);
export type Queue = Static<typeof Queue>;

const crud = crudRoutes({
  name: "queues",
  resource: "queues",
  path: "/api/queues",
  key: "queueId",
  id: Id,
  item: Queue,
  fields: QueueFields,
  singular: "queue",
  plural: "queues",
  errors: ["alreadyExists", "notFound"],
  deleteErrors: ["inUse"],
});

export const queueRoutes = {
  "queues.list": crud.list,
  "queues.get": crud.get,
  "queues.create": crud.create,
  "queues.change": crud.change,
  "queues.delete": crud.delete,
} as const;
