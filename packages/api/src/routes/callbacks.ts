/** Promised callbacks: who is to be rung, how often it was tried, and what may still be done. What operators may see lies under `/api/desk`. */
import { type Static, Type } from "typebox";
import { AgentView } from "../agent-view.ts";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
/** Of something that may have been deleted since. */
const Kept = { id: Type.String({ minLength: 1, maxLength: 100 }), name: Type.String() };

/** `answered`: the person who was rung picked up. `numberMachine`: an answering machine did, and was left alone. The others say how the number did not answer. */
export const CallbackAttempt = Type.Object(
  {
    at: IsoTime,
    operatorId: Kept.id,
    operatorName: Kept.name,
    result: Type.Enum(["answered", "numberBusy", "numberSilent", "numberUnreachable", "numberMachine"]),
    /** The call that was placed: its trace says more. */
    callId: Id,
  },
  { ...closed, title: "CallbackAttempt" },
);
export type CallbackAttempt = Static<typeof CallbackAttempt>;

/**
 * `waiting`: in line (see `heldBack`). `offered`: an operator has it before them. `calling`: an operator's telephone, or then the number,
 * is being rung. `over`: see `result`.
 */
export const CallbackState = Type.Enum(["waiting", "offered", "calling", "over"]);
export type CallbackState = Static<typeof CallbackState>;

/** `answered`: kept. `givenUp`: the stated attempts reached nobody. `calledIn`: the caller rang again and was served. `cancelled`: taken back. */
export const CallbackResult = Type.Enum(["answered", "givenUp", "calledIn", "cancelled"]);
export type CallbackResult = Static<typeof CallbackResult>;

export const Callback = Type.Object(
  {
    callbackId: Id,
    queueId: Kept.id,
    queueName: Kept.name,
    /** The number to ring: E.164, or an extension. */
    number: Type.String(),
    /** As people of the company's country write it. */
    numberText: Type.String(),
    callerName: nullable(Type.String()),
    lineName: Type.String(),
    promisedAt: IsoTime,
    /** The call in which it was promised; null: in none, see `origin`. */
    promisedInCallId: nullable(Id),
    /** Who had it promised in no call: a program with an API key, or a user. Null: a call did, or an operator rang of their own accord. */
    origin: nullable(Type.Object({ kind: Type.Enum(["key", "user"]), name: Type.String() }, closed)),
    state: CallbackState,
    /** Why it waits though operators may be free: until the time that was chosen or the next attempt (`notBefore`), until its hours open, or while the caller is in line again. */
    heldBack: nullable(Type.Enum(["slot", "retry", "closed", "onTheLine"])),
    notBefore: nullable(IsoTime),
    /** From when its caller, or somebody for them, chose to be called; null: as soon as possible. */
    slotAt: nullable(IsoTime),
    /** Who has it before them, or makes it. */
    operator: nullable(Type.Object({ operatorId: Kept.id, name: Kept.name }, closed)),
    attempts: Type.Array(CallbackAttempt),
    attemptsAllowed: Type.Integer({ minimum: 1 }),
    endedAt: nullable(IsoTime),
    result: nullable(CallbackResult),
  },
  { ...closed, title: "Callback" },
);
export type Callback = Static<typeof Callback>;

/** The times at which callbacks may be promised, the next one first. */
export const CallbackTimes = Type.Object(
  {
    /** Whose clock on the wall the times are told by: of the opening hours, or of the company. */
    timeZone: Type.String(),
    times: Type.Array(
      Type.Object(
        {
          at: IsoTime,
          /** How many more it takes; null: any number. */
          free: nullable(Type.Integer({ minimum: 1 })),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: "CallbackTimes" },
);
export type CallbackTimes = Static<typeof CallbackTimes>;

/** What has a callback promised, in no call. */
export const CallbackOrder = Type.Object(
  {
    queueId: Id,
    /** In any form that people of the company's country write, or international; or an extension. */
    number: Type.String({ minLength: 2, maxLength: 40 }),
    /** One of the queue's times (`callbacks.queueTimes`); null or absent: as soon as possible. Absent leaves a promise that stands its time. */
    slotAt: Type.Optional(nullable(IsoTime)),
    /** Whom the operator will speak to, as they are shown. */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    /** The line whose number is shown; absent: the company's first. */
    lineId: Type.Optional(Id),
  },
  { ...closed, title: "CallbackOrder" },
);
export type CallbackOrder = Static<typeof CallbackOrder>;

/** `created: false`: the number had a promise in this queue, which stands, at its place. */
export const OrderedCallback = Type.Object(
  { callback: Callback, created: Type.Boolean() },
  { ...closed, title: "OrderedCallback" },
);
export type OrderedCallback = Static<typeof OrderedCallback>;

const params = Type.Object({ callbackId: Id });
const list = {
  query: Type.Object(
    {
      queueId: Type.Optional(Id),
      /** True: those that are to be made; false: those that are over. Absent: both. */
      open: Type.Optional(Type.Boolean()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
      before: Type.Optional(Type.String({ maxLength: 100 })),
    },
    closed,
  ),
};
const Page = Type.Object({ items: Type.Array(Callback), next: nullable(Type.String()) }, closed);

const users = {
  read: permissions.callbacks.read.filter((role) => role !== "operator"),
  write: permissions.callbacks.write.filter((role) => role !== "operator"),
};
const operator = ["operator"] as const;

export const callbackRoutes = {
  "callbacks.list": defineRoute({
    id: "callbacks.list",
    method: "GET",
    path: "/api/callbacks",
    roles: users.read,
    summary: "Lists promised callbacks, the newest first; `next` goes on where this page ends.",
    request: list,
    response: Page,
    errors: [],
  }),
  "callbacks.create": defineRoute({
    id: "callbacks.create",
    method: "POST",
    path: "/api/callbacks",
    roles: users.write,
    summary: "Promises a callback on somebody’s behalf, as if they had asked for it by telephone.",
    request: { body: CallbackOrder },
    response: OrderedCallback,
    errors: [
      "notFound",
      "dialNotANumber",
      "dialPremium",
      "dialCountry",
      "dialDoNotCall",
      "numberNotRung",
      "callbackTimeTaken",
      "callbacksFull",
      "callCentreUnavailable",
    ],
  }),
  "callbacks.queueTimes": defineRoute({
    id: "callbacks.queueTimes",
    method: "GET",
    path: "/api/queues/:queueId/callback-times",
    roles: users.read,
    summary:
      "Lists the times for which a queue may promise a callback, by its opening hours and what is promised already.",
    request: { params: Type.Object({ queueId: Id }) },
    response: CallbackTimes,
    errors: ["notFound"],
    scope: "callbacks:read",
  }),
  "callbacks.get": defineRoute({
    id: "callbacks.get",
    method: "GET",
    path: "/api/callbacks/:callbackId",
    roles: users.read,
    summary: "Reads a promised callback with its attempts.",
    request: { params },
    response: Callback,
    errors: ["notFound"],
  }),
  "callbacks.change": defineRoute({
    id: "callbacks.change",
    method: "PUT",
    path: "/api/callbacks/:callbackId",
    roles: users.write,
    summary: "Changes the number to ring, or when, while nobody has the callback before them.",
    request: {
      params,
      body: Type.Object(
        {
          number: Type.Optional(Type.String({ minLength: 2, maxLength: 40 })),
          /** One of its times (`callbacks.times`); null: as soon as possible. Absent: as it is. */
          slotAt: Type.Optional(nullable(IsoTime)),
        },
        { ...closed, minProperties: 1 },
      ),
    },
    response: Callback,
    errors: [
      "notFound",
      "callbackOver",
      "callbackUnderWay",
      "callbackPromised",
      "callbackTimeTaken",
      "numberNotRung",
      "callCentreUnavailable",
    ],
  }),
  "callbacks.times": defineRoute({
    id: "callbacks.times",
    method: "GET",
    path: "/api/callbacks/:callbackId/times",
    roles: users.read,
    summary:
      "Lists the times for which a promised callback may be put off, by its opening hours and what is promised already.",
    request: { params },
    response: CallbackTimes,
    errors: ["notFound"],
    scope: "callbacks:read",
  }),
  "callbacks.callNow": defineRoute({
    id: "callbacks.callNow",
    method: "POST",
    path: "/api/callbacks/:callbackId/call-now",
    roles: users.write,
    summary:
      "Has it made as soon as an operator is free, without waiting for opening hours or the time between attempts.",
    request: { params },
    response: Callback,
    errors: ["notFound", "callbackOver", "callbackUnderWay", "callCentreUnavailable"],
  }),
  "callbacks.cancel": defineRoute({
    id: "callbacks.cancel",
    method: "POST",
    path: "/api/callbacks/:callbackId/cancel",
    roles: users.write,
    summary: "Takes a promised callback back: it is not made.",
    request: { params },
    response: Callback,
    errors: ["notFound", "callbackOver", "callbackUnderWay", "callCentreUnavailable"],
  }),
  "deskCallbacks.list": defineRoute({
    id: "deskCallbacks.list",
    method: "GET",
    path: "/api/desk/callbacks",
    roles: operator,
    summary: "Lists the callbacks of the queues that the operator may serve, the newest first.",
    request: list,
    response: Page,
    errors: [],
  }),
  "desk.callBack": defineRoute({
    id: "desk.callBack",
    method: "POST",
    path: "/api/desk/call-back",
    roles: operator,
    summary:
      "Rings somebody now, the operator’s own telephone first: who was promised a callback, or who left a message.",
    request: {
      body: Type.Union([
        Type.Object({ callbackId: Id }, closed),
        /** Also marks the message as called back. */
        Type.Object({ messageId: Id }, closed),
      ]),
    },
    response: Type.Object({ view: AgentView }, closed),
    errors: [
      "notFound",
      "notInShift",
      "notNow",
      "telephoneMissing",
      "queueNotAllowed",
      "callbackOver",
      "callbackUnderWay",
      "numberNotRung",
      "callCentreUnavailable",
    ],
  }),
  "deskCallbacks.times": defineRoute({
    id: "deskCallbacks.times",
    method: "GET",
    path: "/api/desk/callbacks/:callbackId/times",
    roles: operator,
    summary: "Lists the times for which a callback of one of the operator’s queues may be put off.",
    request: { params },
    response: CallbackTimes,
    errors: ["notFound"],
  }),
  "deskCallbacks.change": defineRoute({
    id: "deskCallbacks.change",
    method: "PUT",
    path: "/api/desk/callbacks/:callbackId",
    roles: operator,
    summary:
      "Puts a promised callback of one of the operator’s queues off to another time, or brings it back to as soon as possible.",
    request: { params, body: Type.Object({ slotAt: nullable(IsoTime) }, closed) },
    response: Callback,
    errors: ["notFound", "callbackOver", "callbackUnderWay", "callbackTimeTaken", "callCentreUnavailable"],
  }),
  "deskCallbacks.cancel": defineRoute({
    id: "deskCallbacks.cancel",
    method: "POST",
    path: "/api/desk/callbacks/:callbackId/cancel",
    roles: operator,
    summary: "Takes a promised callback of one of the operator’s queues back: it is not made.",
    request: { params },
    response: Callback,
    errors: ["notFound", "callbackOver", "callbackUnderWay", "callCentreUnavailable"],
  }),
} as const;
