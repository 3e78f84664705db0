import { type Static, Type } from "typebox";
import { Identity } from "../agent-view.ts";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { FlowId, Id, IsoTime } from "../schemas.ts";
import { OfferReasons } from "./distribution.ts";
import { ScriptAnswers } from "./script-runs.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const NodeId = Type.Optional(Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_-]{0,63}$" }));
const Ms = Type.Integer({ minimum: 0 });
/** Of something that may have been deleted since, so no more is asked of it than that it is a text. */
const KeptId = Type.String({ minLength: 1, maxLength: 100 });
const KeptName = Type.String();

/**
 * What became of a call, in one word; the first that holds, in this order (docs/figures.md says each in a sentence):
 * talked to an operator; put through to another telephone; a callback was promised; a message was left; hung up in line after at least
 * 5 s; hung up in line before; taken out of the line by the flow; the flow failed; the number is served by no flow; the called party
 * was not reached; nobody knows; hung up in the flow before any line; the flow came to its end.
 */
export const CallResult = Type.Enum([
  "answered",
  "transferred",
  "callback",
  "voicemail",
  "abandoned",
  "shortAbandoned",
  "left",
  "failed",
  "notServed",
  "unreached",
  "lost",
  "hungUp",
  "finished",
]);
export type CallResult = Static<typeof CallResult>;

export const CallSummary = Type.Object(
  {
    callId: Id,
    direction: Type.Enum(["inbound", "outbound"]),
    from: nullable(Type.String()),
    /** As people of the company's country write it. */
    fromText: nullable(Type.String()),
    hidden: Type.Boolean(),
    to: Type.String(),
    toText: Type.String(),
    lineName: nullable(Type.String()),
    flowId: nullable(FlowId),
    /** A published version, or a flow that ships with the product. */
    versionId: nullable(Type.String({ maxLength: 48 })),
    /** The version of its everyday settings that the call began with; absent: it ran as drawn. */
    everydayId: Type.Optional(Id),
    startedAt: IsoTime,
    endedAt: nullable(IsoTime),
    /** `operator`: of a call that was placed for a callback. */
    endedBy: nullable(Type.Enum(["caller", "operator", "us", "network", "lost"])),
    /** Null while the call runs. */
    result: nullable(CallResult),
    /** From its beginning to its end; while it runs, to now. */
    durationMs: Ms,
    /** In all lines together, until an operator's telephone was picked up. */
    waitMs: Ms,
    /** With operators, and with whoever it was put through to. */
    talkMs: Ms,
    /** The queues that it waited in, in order, each once; of one that was placed for a callback, the queue that promised it. */
    queues: Type.Array(Type.Object({ queueId: KeptId, name: KeptName }, closed)),
    /** What operators said that came of it, each code once, in order. */
    outcomes: Type.Array(Type.String()),
    /** Who talked to the caller, in order, each once; of one that was placed, who made it. */
    operators: Type.Array(Type.Object({ operatorId: KeptId, name: KeptName }, closed)),
  },
  { ...closed, title: "CallSummary" },
);
export type CallSummary = Static<typeof CallSummary>;

/** One visit of the line of one queue. */
export const QueueVisit = Type.Object(
  {
    queueId: KeptId,
    name: KeptName,
    nodeId: nullable(Type.String()),
    joinedAt: IsoTime,
    /** When it was answered, hung up or taken out of the line; null while the caller waits. */
    leftAt: nullable(IsoTime),
    waitMs: Ms,
    outcome: Type.Enum(["waiting", "answered", "abandoned", "shortAbandoned", "left"]),
    /** Since when, and why, the caller waited in other queues too; absent: only in this one. */
    overflow: Type.Optional(
      Type.Object(
        {
          at: IsoTime,
          by: Type.Enum(["time", "length"]),
          queues: Type.Array(Type.Object({ queueId: KeptId, name: KeptName }, closed)),
        },
        closed,
      ),
    ),
    /** When a supervisor put the caller before all others; absent: nobody did. */
    movedUpAt: Type.Optional(IsoTime),
  },
  { ...closed, title: "QueueVisit" },
);
export type QueueVisit = Static<typeof QueueVisit>;

/**
 * One telephone that was rung for the caller: an operator's, or another one (`operator` null). Of a call that was placed for a callback:
 * the number, from the first ring of the operator's telephone on; or that telephone, where it was not picked up.
 */
export const Conversation = Type.Object(
  {
    operator: nullable(Type.Object({ operatorId: KeptId, name: KeptName }, closed)),
    queueId: nullable(KeptId),
    /** Telephone, number or SIP address that was rung. */
    target: nullable(Type.String()),
    rangAt: IsoTime,
    answeredAt: nullable(IsoTime),
    endedAt: nullable(IsoTime),
    /** Null while it rings. */
    outcome: nullable(Type.Enum(["answered", "busy", "silent", "unreachable", "callerLeft", "operatorLeft"])),
    ringMs: Ms,
    talkMs: Ms,
    /** Of the operator, after this call; null when there was none. */
    wrapUpMs: nullable(Ms),
    /** Handed to the exchange: what was talked, and for how long, was not seen. Absent: it was. */
    handedOver: Type.Optional(Type.Boolean()),
    /** How often the operator put the caller on hold, and for how long of `talkMs`. Absent: never. */
    holds: Type.Optional(Type.Integer({ minimum: 1 })),
    heldMs: Type.Optional(Ms),
  },
  { ...closed, title: "Conversation" },
);
export type Conversation = Static<typeof Conversation>;

/** One operator who was asked to take the call. */
export const CallOffer = Type.Object(
  {
    offerId: Type.String(),
    operatorId: KeptId,
    operatorName: KeptName,
    queueId: KeptId,
    offeredAt: IsoTime,
    endedAt: nullable(IsoTime),
    /** `withdrawn` goes with its reason; null ones are on the screen still. */
    end: nullable(Type.Enum(["accepted", "refused", "expired", "withdrawn"])),
    withdrawReason: nullable(Type.String()),
    why: Type.Optional(OfferReasons),
  },
  { ...closed, title: "CallOffer" },
);
export type CallOffer = Static<typeof CallOffer>;

/** What an operator chose and noted of a conversation. */
export const CallNote = Type.Object(
  {
    operatorId: KeptId,
    operatorName: KeptName,
    at: IsoTime,
    outcome: nullable(Type.String()),
    note: Type.String(),
  },
  { ...closed, title: "CallNote" },
);
export type CallNote = Static<typeof CallNote>;

export const CallDetail = Type.Object(
  {
    ...CallSummary.properties,
    callerName: nullable(Type.String()),
    visits: Type.Array(QueueVisit),
    conversations: Type.Array(Conversation),
    offers: Type.Array(CallOffer),
    /** What the caller chose by keys: the node, and the output that it led to. What was keyed is in the trace. */
    choices: Type.Array(Type.Object({ at: IsoTime, nodeId: Type.String(), output: Type.String() }, closed)),
    nodesVisited: Ms,
    /** Whether the caller proved who they are; absent: the flow did not ask. */
    identity: Type.Optional(Type.Object({ ...Identity.properties, at: IsoTime }, closed)),
    /** What the operators chose and noted, one a conversation, in order. */
    notes: Type.Array(CallNote),
    /** What was answered in guided conversations, a script each, in order. */
    scripts: Type.Array(ScriptAnswers),
    /** What was left in a voicemail box, except what was deleted since; `messages.audio` has the sound. */
    messages: Type.Array(Type.Object({ messageId: Id, durationMs: Ms }, closed)),
    /** Conversations that were recorded and are kept still; `recordings.audio` has the sound. */
    recordings: Type.Array(
      Type.Object(
        {
          recordingId: Id,
          startedAt: IsoTime,
          durationMs: Ms,
          peaks: Type.Array(Type.Integer({ minimum: 0, maximum: 100 }), { maxItems: 200 }),
          operator: nullable(Type.Object({ operatorId: KeptId, name: KeptName }, closed)),
          keptUntil: IsoTime,
        },
        closed,
      ),
    ),
  },
  { ...closed, title: "CallDetail" },
);
export type CallDetail = Static<typeof CallDetail>;

/** One thing that happened in a call. `details` depends on `kind`; secret values are not in it. */
export const TraceEvent = Type.Object(
  {
    seq: Type.Integer({ minimum: 0 }),
    at: IsoTime,
    kind: Type.String(),
    nodeId: nullable(Type.String()),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { ...closed, title: "TraceEvent" },
);
export type TraceEvent = Static<typeof TraceEvent>;

const read = permissions.calls.read;

export const callRoutes = {
  "calls.list": defineRoute({
    id: "calls.list",
    method: "GET",
    path: "/api/calls",
    roles: read,
    summary: "Lists calls, the newest first; `next` goes on where this page ends. What is given narrows the list.",
    request: {
      query: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          before: Type.Optional(Type.String({ maxLength: 100 })),
          /** True: those that run now; false: those that are over. */
          alive: Type.Optional(Type.Boolean()),
          /** Begun at or after. */
          from: Type.Optional(IsoTime),
          /** Begun before. */
          to: Type.Optional(IsoTime),
          /** The caller's number (of an outbound call: the number called) as anybody writes it, or at least 4 digits of it, in a row. Hidden numbers are never found. */
          number: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
          /** Of the caller, as the network gave it: the beginnings of words, in any order; at least 2 letters. */
          name: Type.Optional(Type.String({ minLength: 2, maxLength: 60 })),
          lineId: Type.Optional(Id),
          flowId: Type.Optional(FlowId),
          versionId: Type.Optional(Type.String({ maxLength: 48 })),
          /**
           * With `flowId`: calls that came by this node of its drawing. Of the many calls of a long time some thousands are looked through at
           * once: a page may have few or none, and `next` goes on.
           */
          nodeId: NodeId,
          /** With `flowId`: whose caller hung up in this node and had talked to nobody; in pages as with `nodeId`. */
          hungUpIn: NodeId,
          /** With `flowId` and `alive`: calls that are in this node now. */
          inNodeId: NodeId,
          queueId: Type.Optional(Id),
          /** Talked to the caller. */
          operatorId: Type.Optional(Id),
          result: Type.Optional(CallResult),
          /** True: those with a recorded conversation that is kept still. */
          recorded: Type.Optional(Type.Boolean()),
          /** True: those in which the caller was put on hold. */
          held: Type.Optional(Type.Boolean()),
          /** A code of the company's outcomes that an operator chose. */
          outcome: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
          /**
           * A question that was answered in a guided conversation (`script_…|question`), or how: with `|` and an option’s key, `true`, `false`,
           * a number or a day. What was put in words is not looked for.
           */
          answer: Type.Optional(
            Type.String({
              maxLength: 140,
              pattern: "^script_[0-9a-f]{32}\\|[A-Za-z][A-Za-z0-9_-]{0,39}(\\|[^|]{1,40})?$",
            }),
          ),
        },
        closed,
      ),
    },
    response: Type.Object({ items: Type.Array(CallSummary), next: nullable(Type.String()) }, closed),
    errors: [],
  }),
  "calls.live": defineRoute({
    id: "calls.live",
    scope: "flows:read",
    method: "GET",
    path: "/api/calls/live",
    roles: permissions.flows.read,
    summary: "How many calls run now, by flow version and by queue.",
    request: {},
    response: Type.Object(
      {
        total: Type.Integer(),
        flows: Type.Array(
          Type.Object(
            { flowId: nullable(FlowId), versionId: nullable(Type.String({ maxLength: 48 })), calls: Type.Integer() },
            closed,
          ),
        ),
        /** Callers who are in line, an operator's telephone ringing or not; not those who talk. */
        queues: Type.Array(Type.Object({ queueId: KeptId, calls: Type.Integer() }, closed)),
      },
      closed,
    ),
    errors: [],
  }),
  "calls.get": defineRoute({
    id: "calls.get",
    method: "GET",
    path: "/api/calls/:callId",
    roles: read,
    summary: "Reads a call: its summary, and the lines, offers and conversations that it went through.",
    request: { params: Type.Object({ callId: Id }) },
    response: CallDetail,
    errors: ["notFound"],
  }),
  "calls.trace": defineRoute({
    id: "calls.trace",
    method: "GET",
    path: "/api/calls/:callId/trace",
    roles: read,
    summary: "Every event of one call, in order.",
    request: { params: Type.Object({ callId: Id }) },
    response: Type.Object({ call: CallSummary, events: Type.Array(TraceEvent) }, closed),
    errors: ["notFound"],
  }),
} as const;
