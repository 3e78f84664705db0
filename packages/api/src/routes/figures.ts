/** A day in numbers. docs/figures.md says what each counts; all of them can be recomputed from the traces. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime } from "../schemas.ts";
import { CallResult } from "./calls.ts";
import { TimeCorrection } from "./time-corrections.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
const Ms = Type.Integer({ minimum: 0 });
const Share = Type.Number({ minimum: 0, maximum: 1 });
const KeptId = Type.String({ minLength: 1, maxLength: 100 });

/** Of the visits to a line that began in some stretch of time. `offered` is the sum of the five that follow it. */
export const QueueFigures = Type.Object(
  {
    offered: Count,
    answered: Count,
    /** Hung up in line after at least `shortMs`. */
    abandoned: Count,
    /** Hung up in line before. Counted apart: it says nothing of the service. */
    shortAbandoned: Count,
    /** Taken out of the line by the flow: longest wait, nobody signed in, a key to leave, overflow to another queue. */
    left: Count,
    /** In line still. */
    waiting: Count,
    /** Answered within what its queue aims at (`goal.withinMs`) of joining the line. */
    answeredInTime: Count,
    /** `answeredInTime` of those answered, abandoned or left; null when there is none. */
    serviceLevel: nullable(Share),
    /** Of those answered. */
    averageAnswerMs: nullable(Ms),
    /** Of those answered, abandoned or left. */
    averageWaitMs: nullable(Ms),
    /** Of all, also of those in line still. */
    longestWaitMs: nullable(Ms),
    talkMs: Ms,
    /** Of those answered whose conversation was seen. */
    averageTalkMs: nullable(Ms),
    /** Of those answered, handed to the exchange: their conversations are not seen. Absent: none was. */
    handedOver: Type.Optional(Count),
    /** How often callers were put on hold, and for how long of the talk. Absent: never. */
    holds: Type.Optional(Count),
    heldMs: Type.Optional(Ms),
    wrapUpMs: Ms,
    averageWrapUpMs: nullable(Ms),
  },
  { ...closed, title: "QueueFigures" },
);
export type QueueFigures = Static<typeof QueueFigures>;

export const OperatorFigures = Type.Object(
  {
    offered: Count,
    accepted: Count,
    refused: Count,
    missed: Count,
    /** Callers talked to. */
    calls: Count,
    talkMs: Ms,
    /** Of those whose conversation was seen. */
    averageTalkMs: nullable(Ms),
    /** Of the calls, handed to the exchange. Absent: none was. */
    handedOver: Type.Optional(Count),
    /** How often callers were put on hold, and for how long of the talk. Absent: never. */
    holds: Type.Optional(Count),
    heldMs: Type.Optional(Ms),
    wrapUpMs: Ms,
    ringMs: Ms,
    signedInMs: Ms,
    availableMs: Ms,
    pausedMs: Ms,
    /** `label` is the code of the company's list that the operator chose, when they chose one. */
    pauses: Type.Array(Type.Object({ reason: Type.String(), label: nullable(Type.String()), ms: Ms }, closed)),
    /** Ringing, talking and wrap-up of the time signed in and not paused; null when there was none. */
    occupancy: nullable(Share),
  },
  { ...closed, title: "OperatorFigures" },
);
export type OperatorFigures = Static<typeof OperatorFigures>;

export const DayFigures = Type.Object(
  {
    date: Type.String(),
    timeZone: Type.String(),
    from: IsoTime,
    /** A day has 23, 24 or 25 hours. */
    until: IsoTime,
    computedAt: IsoTime,
    /** Within how long the queues aim to answer; null: not all within the same time. */
    serviceLevelMs: nullable(Ms),
    shortMs: Ms,
    /** Calls that began on this day, whether or not they came to a line. */
    calls: Type.Object(
      {
        total: Count,
        running: Count,
        results: Type.Array(Type.Object({ result: CallResult, count: Count }, closed)),
      },
      closed,
    ),
    total: QueueFigures,
    queues: Type.Array(Type.Object({ queueId: KeptId, name: Type.String(), figures: QueueFigures }, closed)),
    operators: Type.Array(
      Type.Object(
        {
          ...{ operatorId: KeptId, name: Type.String(), figures: OperatorFigures },
          /** How many corrections of their working time are in these figures. */
          corrections: Count,
        },
        closed,
      ),
    ),
    /** Every quarter of an hour (or hour) of the day, also the empty ones. */
    slots: Type.Array(Type.Object({ from: IsoTime, calls: Count, figures: QueueFigures }, closed)),
  },
  { ...closed, title: "DayFigures" },
);
export type DayFigures = Static<typeof DayFigures>;

/** An operator's own day: what is kept about them is shown to them. */
export const DeskDay = Type.Object(
  {
    date: Type.String(),
    timeZone: Type.String(),
    computedAt: IsoTime,
    /** The same that a supervisor sees of them. */
    figures: OperatorFigures,
    /** The pauses of the day, the first one first; `until` null: it goes on. One that began the day before is there with its beginning. */
    pauses: Type.Array(
      Type.Object(
        { from: IsoTime, until: nullable(IsoTime), reason: Type.String(), label: nullable(Type.String()) },
        closed,
      ),
    ),
    /** What a supervisor corrected of the day, and why; it is in the figures and the pauses. */
    corrections: Type.Array(TimeCorrection),
  },
  { ...closed, title: "DeskDay" },
);
export type DeskDay = Static<typeof DeskDay>;

export const figureRoutes = {
  "figures.day": defineRoute({
    id: "figures.day",
    scope: "calls:read",
    method: "GET",
    path: "/api/figures/day",
    roles: permissions.calls.read,
    summary:
      "The figures of one day of the company's time zone: in total, by queue, by operator, by quarter of an hour.",
    request: {
      query: Type.Object(
        {
          /** Absent: today. */
          date: Type.Optional(Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", examples: ["2026-11-24"] })),
          slot: Type.Optional(Type.Enum(["quarter", "hour"])),
          /** Total and slots of this queue alone. */
          queueId: Type.Optional(Id),
        },
        closed,
      ),
    },
    response: DayFigures,
    errors: ["requestInvalid"],
  }),
  "deskDay.get": defineRoute({
    id: "deskDay.get",
    method: "GET",
    path: "/api/desk/day",
    roles: ["operator"],
    summary: "The operator’s own day so far: time signed in, calls, conversations, and each pause.",
    request: {},
    response: DeskDay,
    errors: [],
  }),
} as const;
