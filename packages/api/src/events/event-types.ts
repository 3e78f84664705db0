/**
 * What a company's programs are told as it happens: by webhooks and by the stream. Closed unions, and the single source: the runtime makes
 * events by them, `/api/openapi.json` prints them (`webhooks`), the client is typed by them.
 */
import { type Static, type TSchema, Type } from "typebox";
import { CallSummary } from "../routes/calls.ts";
import { FlowId, Id, IsoTime, OfferId } from "../schemas.ts";
import type { KeyScope } from "../scopes.ts";

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
const EndedCall = Type.Object({ call: CallSummary }, { ...closed, title: "EndedCall" });

const callback = { callbackId: Id, queueId: KeptId, number: Text };
const PromisedCallback = Type.Object(
  { ...callback, promisedInCallId: nullable(Id) },
  { ...closed, title: "PromisedCallback" },
);
const AttemptedCallback = Type.Object(
  {
    ...callback,
    /** 1 for the first. */
    attempt: Type.Integer({ minimum: 1 }),
    attemptsAllowed: Type.Integer({ minimum: 1 }),
    operatorId: KeptId,
    result: Type.Enum(["answered", "numberBusy", "numberSilent", "numberUnreachable"]),
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

const Trial = Type.Object({ sentence: Text }, { ...closed, title: "WebhookTrial" });

interface EventKind {
  readonly data: TSchema;
  /** What a key must have been granted to be told; `any`: says nothing of the company. */
  readonly scope: KeyScope | "any";
  readonly summary: { readonly fr: string; readonly en: string };
}

const calls = "calls:read";
const callbacks = "callbacks:read";

/** Every event, by type. Types never change their meaning; members may be added to their data. */
export const eventKinds = {
  "call.started": {
    data: StartedCall,
    scope: calls,
    summary: { fr: "Un appel commence.", en: "A call begins." },
  },
  "call.queued": {
    data: QueuedCall,
    scope: calls,
    summary: { fr: "Un appel prend sa place dans une file.", en: "A call takes its place in a line." },
  },
  "call.offered": {
    data: OfferedCall,
    scope: calls,
    summary: { fr: "Un appel est proposé à un opérateur.", en: "A call is offered to an operator." },
  },
  "call.offerEnded": {
    data: EndedOffer,
    scope: calls,
    summary: {
      fr: "La proposition est acceptée, refusée, échue ou retirée.",
      en: "The offer is accepted, refused, run out or withdrawn.",
    },
  },
  "call.answered": {
    data: AnsweredCall,
    scope: calls,
    summary: { fr: "Un opérateur parle à l’appelant.", en: "An operator talks to the caller." },
  },
  "call.dequeued": {
    data: DequeuedCall,
    scope: calls,
    summary: { fr: "Un appel quitte la file.", en: "A call leaves the line." },
  },
  "call.ended": {
    data: EndedCall,
    scope: calls,
    summary: {
      fr: "Un appel est terminé ; sa fiche, comme la donne la liste des appels.",
      en: "A call is over; its record, as the list of calls has it.",
    },
  },
  "callback.promised": {
    data: PromisedCallback,
    scope: callbacks,
    summary: { fr: "Un rappel est promis.", en: "A callback is promised." },
  },
  "callback.attempted": {
    data: AttemptedCallback,
    scope: callbacks,
    summary: { fr: "Le numéro d’un rappel a été appelé.", en: "A callback’s number was rung." },
  },
  "callback.ended": {
    data: EndedCallback,
    scope: callbacks,
    summary: {
      fr: "Un rappel est fait, abandonné, repris ou n’a plus lieu d’être.",
      en: "A callback is made, given up, taken back or no longer needed.",
    },
  },
  "message.left": {
    data: LeftMessage,
    scope: "messages:read",
    summary: { fr: "Un message vocal est déposé.", en: "A voicemail message is left." },
  },
  "operator.stateChanged": {
    data: ChangedOperatorState,
    scope: "operators:read",
    summary: { fr: "Un opérateur change d’état.", en: "An operator’s state changes." },
  },
  "flow.published": {
    data: PublishedFlow,
    scope: "flowVersions:read",
    summary: {
      fr: "Une version d’un scénario sert les nouveaux appels.",
      en: "A version of a flow serves new calls.",
    },
  },
  "webhook.trial": {
    data: Trial,
    scope: "any",
    summary: {
      fr: "Un essai, demandé depuis la page ou par l’interface.",
      en: "A trial, asked for on the page or by the interface.",
    },
  },
} as const satisfies Readonly<Record<string, EventKind>>;

export type EventType = keyof typeof eventKinds;
export type EventData<Type extends EventType> = Static<(typeof eventKinds)[Type]["data"]>;

export const eventTypes = Object.keys(eventKinds) as EventType[];

/** Those that can be subscribed to: a trial is sent when it is asked for. */
export const subscribableTypes = eventTypes.filter((type) => type !== "webhook.trial");

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
      data: eventKinds[type].data,
    },
    { ...closed, title: `${name}Event` },
  );
}
