/**
 * What a company's programs are told as it happens: by webhooks and by the stream. Closed unions, and the single source: the runtime makes
 * events by them, `/api/openapi.json` prints them (`webhooks`), the client is typed by them.
 */
import { type Static, type TSchema, Type } from "typebox";
import { CallNote, CallSummary } from "../routes/calls.ts";
import { ScriptAnswers } from "../routes/script-runs.ts";
import { FlowId, Id, IsoTime, OfferId } from "../schemas.ts";
import type { EventType } from "./event-names.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
/** Of something that may be gone by the time it is read. */
const KeptId = Type.String({ minLength: 1, maxLength: 100 });
const Text = Type.String();

const StartedCall = Type.Object(
  {
    callId: Id,
    direction: Type.Enum(["inbound", "outbound"]),
    /** Null where it is hidden. */
    from: nullable(Text),
    hidden: Type.Boolean(),
    callerName: nullable(Text),
    to: Text,
    lineId: nullable(KeptId),
    lineName: nullable(Text),
    language: Text,
  },
  { ...closed, title: "StartedCall" },
);

const QueuedCall = Type.Object(
  { callId: Id, queueIds: Type.Array(KeptId), place: Type.Integer(), priority: Type.Number() },
  { ...closed, title: "QueuedCall" },
);

const DequeuedCall = Type.Object(
  {
    callId: Id,
    queueIds: Type.Array(KeptId),
    /** An operator's telephone answered; the caller hung up; the flow took the call out of the line. */
    reason: Type.Enum(["answered", "hungUp", "movedOn"]),
    waitedMs: Type.Integer({ minimum: 0 }),
  },
  { ...closed, title: "DequeuedCall" },
);

const offer = { callId: Id, offerId: OfferId, operatorId: KeptId, queueId: KeptId };
const OfferedCall = Type.Object({ ...offer, expiresAt: IsoTime }, { ...closed, title: "OfferedCall" });
const EndedOffer = Type.Object(
  { ...offer, end: Type.Enum(["accepted", "refused", "expired", "withdrawn"]) },
  { ...closed, title: "EndedOffer" },
);
const AnsweredCall = Type.Object(offer, { ...closed, title: "AnsweredCall" });
const EndedCall = Type.Object(
  {
    call: CallSummary,
    /** What the operators noted until then, one a conversation, in order. Not in events of an earlier release. */
    notes: Type.Optional(Type.Array(CallNote)),
    /** What was answered until then in guided conversations, a script each. Not in events of an earlier release. */
    scripts: Type.Optional(Type.Array(ScriptAnswers)),
  },
  { ...closed, title: "EndedCall" },
);
const NotedCall = Type.Object(
  { call: CallSummary, notes: Type.Array(CallNote), scripts: Type.Array(ScriptAnswers) },
  { ...closed, title: "NotedCall" },
);

const callback = { callbackId: Id, queueId: KeptId, number: Text };
const PromisedCallback = Type.Object(
  {
    ...callback,
    promisedInCallId: nullable(Id),
    /** Who had it promised in no call: a program with an API key, or a user. Not in events of an earlier release. */
    origin: Type.Optional(nullable(Type.Object({ kind: Type.Enum(["key", "user"]), name: Text }, closed))),
    /** From when its caller chose to be called; null: as soon as possible. Not in events of an earlier release. */
    slotAt: Type.Optional(nullable(IsoTime)),
  },
  { ...closed, title: "PromisedCallback" },
);
const AttemptedCallback = Type.Object(
  {
    ...callback,
    /** 1 for the first. */
    attempt: Type.Integer({ minimum: 1 }),
    attemptsAllowed: Type.Integer({ minimum: 1 }),
    operatorId: KeptId,
    result: Type.Enum(["answered", "numberBusy", "numberSilent", "numberUnreachable", "numberMachine"]),
  },
  { ...closed, title: "AttemptedCallback" },
);
const EndedCallback = Type.Object(
  { ...callback, attempts: Type.Integer({ minimum: 0 }), result: Text },
  { ...closed, title: "EndedCallback" },
);

const LeftMessage = Type.Object(
  {
    messageId: Id,
    boxId: KeptId,
    callId: Id,
    from: nullable(Text),
    hidden: Type.Boolean(),
    lineName: Text,
    durationMs: Type.Integer({ minimum: 0 }),
  },
  { ...closed, title: "LeftMessage" },
);

const ChangedOperatorState = Type.Object(
  {
    operatorId: KeptId,
    /** A word of design: a version to come may know more of them. */
    state: Text,
    since: IsoTime,
    /** Why paused; null in any other state. */
    pauseReason: nullable(Text),
    /** The operator's own word for a pause. */
    pauseLabel: nullable(Text),
    telephoneId: nullable(KeptId),
    /** What the operator is on. */
    callId: nullable(Id),
    queueId: nullable(KeptId),
  },
  { ...closed, title: "ChangedOperatorState" },
);

const PublishedFlow = Type.Object(
  { flowId: FlowId, name: Text, versionId: KeptId, number: Type.Integer({ minimum: 1 }), note: Text },
  { ...closed, title: "PublishedFlow" },
);

const FlowNotice = Type.Object(
  {
    callId: Id,
    flowId: nullable(FlowId),
    /** By which programs know what it is about; the author's word. */
    topic: Text,
    text: Text,
    values: Type.Record(Type.String(), Text),
    /** Null where it is hidden. */
    from: nullable(Text),
    lineName: Text,
  },
  { ...closed, title: "FlowNotice" },
);

const Trial = Type.Object({ sentence: Text }, { ...closed, title: "WebhookTrial" });

/** What each event carries. Types never change their meaning; members may be added to their data. */
const eventData = {
  "call.started": StartedCall,
  "call.queued": QueuedCall,
  "call.offered": OfferedCall,
  "call.offerEnded": EndedOffer,
  "call.answered": AnsweredCall,
  "call.dequeued": DequeuedCall,
  "call.ended": EndedCall,
  "call.noted": NotedCall,
  "callback.promised": PromisedCallback,
  "callback.attempted": AttemptedCallback,
  "callback.ended": EndedCallback,
  "message.left": LeftMessage,
  "flow.notice": FlowNotice,
  "operator.stateChanged": ChangedOperatorState,
  "flow.published": PublishedFlow,
  "webhook.trial": Trial,
} as const satisfies Readonly<Record<EventType, TSchema>>;

export type EventData<Type extends EventType> = Static<(typeof eventData)[Type]>;

/** What is sent: the same by webhook and on the stream. */
export interface CompanyEvent<Type extends EventType = EventType> {
  /** The same each time that it is sent: whoever has seen it has seen this. */
  readonly eventId: string;
  readonly type: Type;
  /** When it happened, which is a little before it is told. */
  readonly at: string;
  readonly companyId: string;
  /** What it is about: a call, a callback, a message, an operator, a flow. Events of one subject come in order. */
  readonly subject: string;
  readonly data: EventData<Type>;
}

/** An event of any type, discriminated by `type`. */
export type AnyEvent = { readonly [Type in EventType]: CompanyEvent<Type> }[EventType];

/** The schema of what is sent for one type. */
export function eventSchema(type: EventType): TSchema {
  const name = type.replace(/(^|\.)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
  return Type.Object(
    {
      eventId: Type.String({ pattern: "^evt_[0-9a-f]{32}$" }),
      type: Type.Literal(type),
      at: IsoTime,
      companyId: Id,
      subject: KeptId,
      data: eventData[type],
    },
    { ...closed, title: `${name}Event` },
  );
}
