/** The live board and what a supervisor does from it. Every action is in the audit log with who and when. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { LiveBoard, QueueByHand } from "../live.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A caller who waits, in the order in which they are served. */
export const WaitingCaller = Type.Object(
  {
    callId: Id,
    queueId: Id,
    fromText: nullable(Type.String()),
    hidden: Type.Boolean(),
    callerName: nullable(Type.String()),
    lineName: Type.String(),
    since: IsoTime,
    /** `offered`: an operator has the call before them. `connecting`: an operator's telephone rings for it. */
    state: Type.Enum(["waiting", "offered", "connecting"]),
    /** Somebody put them ahead of others. */
    movedUp: Type.Boolean(),
  },
  { ...closed, title: "WaitingCaller" },
);
export type WaitingCaller = Static<typeof WaitingCaller>;

const Count = Type.Integer({ minimum: 0 });
const Expected = Type.Number({ minimum: 0 });

/** What a queue faces in the coming hour. */
export const QueueOutlook = Type.Object(
  {
    queueId: Id,
    name: Type.String(),
    signedIn: Count,
    /** Callers who joined in the last hour; `usual`: in the same hour of past weeks, on average. Null: there are none. */
    lastHour: Type.Object({ calls: Count, usual: nullable(Expected) }, closed),
    /** How long an operator is busy with a call, on average. */
    handleMs: Count,
    /** How many past weeks it is told from, up to four. */
    weeks: Count,
    /** The coming quarters of an hour: how many callers are expected, and how many operators keep the queue’s goal. */
    slots: Type.Array(Type.Object({ from: IsoTime, calls: Expected, needed: Count }, closed)),
    /** `more`: so many more operators from then on; `fewer`: so many could do something else; `noHistory`: no past week to tell from. */
    advice: Type.Object(
      { kind: Type.Enum(["more", "enough", "fewer", "noHistory"]), count: Count, from: nullable(IsoTime) },
      closed,
    ),
  },
  { ...closed, title: "QueueOutlook" },
);
export type QueueOutlook = Static<typeof QueueOutlook>;

const busyness = Type.Object(
  {
    calls: Expected,
    /** Of the time signed in and not paused; null: there was none. Above 1: more than one operator can do. */
    busy: nullable(Type.Number({ minimum: 0 })),
  },
  closed,
);

/** What an operator who is signed in has had, usually has, and faces. */
export const OperatorOutlook = Type.Object(
  {
    operatorId: Id,
    name: Type.String(),
    /** Calls talked to in the last hour, and how busy they were. */
    lastHour: busyness,
    /** On average of the same hours of past weeks in which they were signed in; null: in none. */
    usual: nullable(busyness),
    /** Of the coming hour: what the queues that they have ticked expect, shared among those who have ticked them; null: no past week to tell from. */
    coming: nullable(busyness),
  },
  { ...closed, title: "OperatorOutlook" },
);
export type OperatorOutlook = Static<typeof OperatorOutlook>;

const call = Type.Object({ callId: Id });

export const liveRoutes = {
  "live.get": defineRoute({
    id: "live.get",
    method: "GET",
    path: "/api/live",
    roles: permissions.live.read,
    summary: "The live board as it is now: every queue with its figures, every operator with what they are doing.",
    request: {},
    response: LiveBoard,
    errors: ["callCentreUnavailable"],
  }),
  "live.callers": defineRoute({
    id: "live.callers",
    method: "GET",
    path: "/api/live/queues/:queueId/callers",
    roles: permissions.live.read,
    summary: "The callers who wait in a queue, in the order in which they are served.",
    request: { params: Type.Object({ queueId: Id }) },
    response: Type.Object({ items: Type.Array(WaitingCaller) }, closed),
    errors: ["notFound", "callCentreUnavailable"],
  }),
  "live.congestion": defineRoute({
    id: "live.congestion",
    method: "GET",
    path: "/api/live/congestion",
    roles: permissions.live.read,
    summary:
      "What each queue and each operator faces in the coming hour, from the last hour and the same hours of past weeks, and how many operators that wants (Erlang C).",
    request: {},
    response: Type.Object(
      { computedAt: IsoTime, queues: Type.Array(QueueOutlook), operators: Type.Array(OperatorOutlook) },
      closed,
    ),
    errors: ["callCentreUnavailable"],
  }),
  "live.force": defineRoute({
    id: "live.force",
    method: "PUT",
    path: "/api/live/operators/:operatorId/state",
    roles: permissions.live.write,
    summary:
      "Forces an operator's state: available, paused, or signed out. It takes hold now, or after the present call (`later`); no conversation is ended.",
    request: {
      params: Type.Object({ operatorId: Id }),
      body: Type.Object({ to: Type.Enum(["available", "paused", "offline"]) }, closed),
    },
    response: Type.Object({ later: Type.Boolean() }, closed),
    errors: ["notFound", "operatorNotSignedIn", "callCentreUnavailable"],
  }),
  "live.notice": defineRoute({
    id: "live.notice",
    method: "POST",
    path: "/api/live/notices",
    roles: permissions.live.write,
    summary:
      "Sends a notice to operators who are signed in: one, those of a queue, or all. Each is asked to acknowledge it.",
    request: {
      body: Type.Object(
        {
          to: Type.Union([
            Type.Object({ operatorId: Id }, closed),
            Type.Object({ queueId: Id }, closed),
            Type.Object({ everyone: Type.Literal(true) }, closed),
          ]),
          text: Type.String({ minLength: 1, maxLength: 500, pattern: "\\S" }),
        },
        closed,
      ),
    },
    response: Type.Object({ told: Type.Integer({ minimum: 0 }) }, closed),
    errors: ["operatorNotSignedIn", "nobodySignedIn", "callCentreUnavailable"],
  }),
  "live.open": defineRoute({
    id: "live.open",
    method: "PUT",
    path: "/api/live/queues/:queueId/opening",
    roles: permissions.live.write,
    summary:
      "Opens or closes a queue by hand, whatever its opening hours say, or gives it back to them (`hours`). It holds from the very next caller on.",
    request: {
      params: Type.Object({ queueId: Id }),
      body: Type.Object(
        {
          to: Type.Enum(["open", "closed", "hours"]),
          /**
           * A moment; `nextChange`: when its opening hours open next (of a queue that is closed) or close next (of one that is opened); null: until
           * somebody says otherwise.
           */
          until: Type.Union([IsoTime, Type.Literal("nextChange"), Type.Null()], { default: null }),
          /** Of a queue that is closed: callers who wait leave as new ones do. Otherwise they keep their places, and are served. */
          sendsAway: Type.Boolean({ default: false }),
          /** Why, for the board, the calls and the audit log. */
          reason: Type.String({ maxLength: 200, default: "" }),
        },
        closed,
      ),
    },
    response: Type.Object({ byHand: nullable(QueueByHand) }, closed),
    errors: ["notFound", "queueWithoutHours", "scheduleInvalid", "callCentreUnavailable"],
  }),
  "live.moveUp": defineRoute({
    id: "live.moveUp",
    method: "POST",
    path: "/api/live/callers/:callId/first",
    roles: permissions.live.write,
    summary:
      "Puts a caller who waits before all others of the company; those who were moved up before stay before them.",
    request: { params: call },
    response: null,
    errors: ["notFound", "callerGone", "callerRings", "callCentreUnavailable"],
  }),
  "live.moveTo": defineRoute({
    id: "live.moveTo",
    method: "PUT",
    path: "/api/live/callers/:callId/queue",
    roles: permissions.live.write,
    summary: "Has a caller wait in another queue. What they have waited already counts there.",
    request: { params: call, body: Type.Object({ queueId: Id }, closed) },
    response: null,
    errors: ["notFound", "callerGone", "callerRings", "callCentreUnavailable"],
  }),
} as const;
