/** What has happened, whole: for programs that report on a company. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { AnswerValue } from "../questionnaire/questionnaire.ts";
import { permissions, type Role } from "../roles.ts";
import { IsoTime } from "../schemas.ts";
import { CallbackAttempt, CallbackResult } from "./callbacks.ts";
import { CallSummary } from "./calls.ts";
import { MessageState } from "./voicemail.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Ms = Type.Integer({ minimum: 0 });
const KeptId = Type.String();

/** In every row: given back as `cursor`, the export goes on after it. */
const Cursor = Type.String();

export const ExportedCall = Type.Object(
  {
    cursor: Cursor,
    ...CallSummary.properties,
  },
  { ...closed, title: "ExportedCall" },
);
export type ExportedCall = Static<typeof ExportedCall>;

export const ExportedOffer = Type.Object(
  {
    cursor: Cursor,
    offerId: KeptId,
    callId: KeptId,
    queueId: KeptId,
    operatorId: KeptId,
    operatorName: Type.String(),
    offeredAt: IsoTime,
    endedAt: nullable(IsoTime),
    end: Type.Enum(["accepted", "refused", "expired", "withdrawn"]),
    withdrawReason: nullable(Type.String()),
    /** What came of an accepted one. */
    outcome: nullable(Type.String()),
  },
  { ...closed, title: "ExportedOffer" },
);
export type ExportedOffer = Static<typeof ExportedOffer>;

export const ExportedShiftTime = Type.Object(
  {
    cursor: Cursor,
    operatorId: KeptId,
    operatorName: Type.String(),
    shiftId: KeptId,
    state: Type.String(),
    from: IsoTime,
    until: IsoTime,
    durationMs: Ms,
    pauseReason: nullable(Type.String()),
    pauseLabel: nullable(Type.String()),
    callId: nullable(KeptId),
    queueId: nullable(KeptId),
  },
  { ...closed, title: "ExportedShiftTime" },
);
export type ExportedShiftTime = Static<typeof ExportedShiftTime>;

export const ExportedCallback = Type.Object(
  {
    cursor: Cursor,
    callbackId: KeptId,
    queueId: KeptId,
    queueName: Type.String(),
    /** E.164, or an extension. */
    number: Type.String(),
    callerName: nullable(Type.String()),
    lineName: Type.String(),
    /** False: an operator rang somebody back of their own accord, once. */
    promised: Type.Boolean(),
    promisedAt: IsoTime,
    promisedInCallId: nullable(KeptId),
    /** Who had it promised in no call: a program with an API key, or a user, by name. */
    promisedBy: nullable(Type.String()),
    slotAt: nullable(IsoTime),
    endedAt: IsoTime,
    /** As in the list of callbacks. */
    result: nullable(CallbackResult),
    attempts: Ms,
    attemptsAllowed: Ms,
  },
  { ...closed, title: "ExportedCallback" },
);
export type ExportedCallback = Static<typeof ExportedCallback>;

export const ExportedCallbackAttempt = Type.Object(
  {
    cursor: Cursor,
    callbackId: KeptId,
    queueId: KeptId,
    /** From 1. */
    attempt: Type.Integer({ minimum: 1 }),
    at: IsoTime,
    operatorId: KeptId,
    operatorName: Type.String(),
    result: CallbackAttempt.properties.result,
    /** The call that was placed for it. */
    callId: KeptId,
  },
  { ...closed, title: "ExportedCallbackAttempt" },
);
export type ExportedCallbackAttempt = Static<typeof ExportedCallbackAttempt>;

/** What is known of a message besides its sound. A hidden number stays hidden. */
export const ExportedMessage = Type.Object(
  {
    cursor: Cursor,
    messageId: KeptId,
    boxId: KeptId,
    boxName: Type.String(),
    callId: KeptId,
    receivedAt: IsoTime,
    durationMs: Ms,
    from: nullable(Type.String()),
    hidden: Type.Boolean(),
    callerName: nullable(Type.String()),
    lineName: Type.String(),
    /** Of a copy that was sent on: the box it comes from, and who sent it. */
    forwardedFrom: nullable(Type.String()),
    forwardedBy: nullable(Type.String()),
    /** The rest as it is now: people change it. */
    state: MessageState,
    heardAt: nullable(IsoTime),
    heardBy: nullable(Type.String()),
    calledBackAt: nullable(IsoTime),
    calledBackBy: nullable(Type.String()),
    assignedTo: nullable(Type.String()),
    note: Type.String(),
  },
  { ...closed, title: "ExportedMessage" },
);
export type ExportedMessage = Static<typeof ExportedMessage>;

export const ExportedNote = Type.Object(
  {
    cursor: Cursor,
    /** The same when it is changed, and comes again. */
    noteId: KeptId,
    callId: KeptId,
    /** Null: the operator dialled. */
    queueId: nullable(KeptId),
    queueName: nullable(Type.String()),
    operatorId: KeptId,
    operatorName: Type.String(),
    /** Of the last change. */
    at: IsoTime,
    outcome: nullable(Type.String()),
    note: Type.String(),
  },
  { ...closed, title: "ExportedNote" },
);
export type ExportedNote = Static<typeof ExportedNote>;

/** One guided conversation in a call. In a table the answers are one column: the key of each question, and its answer in words. */
export const ExportedAnswers = Type.Object(
  {
    cursor: Cursor,
    /** The same when it is changed, and comes again. */
    runId: KeptId,
    callId: KeptId,
    scriptId: KeptId,
    script: Type.String(),
    startedAt: IsoTime,
    /** Of the last answer or step. */
    changedAt: IsoTime,
    finishedAt: nullable(IsoTime),
    answers: Type.Array(
      Type.Object(
        {
          key: Type.String(),
          question: Type.String(),
          value: AnswerValue,
          /** In words, where it was chosen; else the value. */
          name: Type.String(),
          operatorId: KeptId,
          operatorName: Type.String(),
          at: IsoTime,
        },
        closed,
      ),
    ),
  },
  { ...closed, title: "ExportedAnswers" },
);
export type ExportedAnswers = Static<typeof ExportedAnswers>;

const exported = {
  query: Type.Object(
    {
      /** From this moment on, of what the summary says. */
      from: IsoTime,
      /** Until before this moment; absent: as far as everything is known. */
      to: Type.Optional(IsoTime),
      format: Type.Optional(Type.Enum(["ndjson", "csv"])),
      /** That of the last row that was received: it goes on after it. */
      cursor: Type.Optional(Type.String({ pattern: "^\\d{1,15}\\.[A-Za-z0-9_.-]{1,100}$" })),
    },
    closed,
  ),
};

const summaryEnd = "as NDJSON or CSV, in order, as far as everything is known.";

/** Operators see their own queues' only, and page by page. */
const staff = (roles: readonly Role[]) => roles.filter((role) => role !== "operator");

export const exportRoutes = {
  "exports.calls": defineRoute({
    id: "exports.calls",
    scope: "calls:read",
    method: "GET",
    path: "/api/exports/calls",
    roles: permissions.calls.read,
    summary: `Call records by when the calls ended, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedCall,
    errors: [],
  }),
  "exports.offers": defineRoute({
    id: "exports.offers",
    scope: "calls:read",
    method: "GET",
    path: "/api/exports/offers",
    roles: permissions.calls.read,
    summary: `Offers to operators by when they were made, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedOffer,
    errors: [],
  }),
  "exports.shiftTimes": defineRoute({
    id: "exports.shiftTimes",
    scope: "calls:read",
    method: "GET",
    path: "/api/exports/shift-times",
    roles: permissions.calls.read,
    summary: `Stretches of time that operators spent in one state, by when they ended, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedShiftTime,
    errors: [],
  }),
  "exports.callbacks": defineRoute({
    id: "exports.callbacks",
    scope: "callbacks:read",
    method: "GET",
    path: "/api/exports/callbacks",
    roles: staff(permissions.callbacks.read),
    summary: `Callbacks that are over, by when they ended, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedCallback,
    errors: [],
  }),
  "exports.callbackAttempts": defineRoute({
    id: "exports.callbackAttempts",
    scope: "callbacks:read",
    method: "GET",
    path: "/api/exports/callback-attempts",
    roles: staff(permissions.callbacks.read),
    summary: `Each attempt of callbacks that are over, by when the callbacks ended, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedCallbackAttempt,
    errors: [],
  }),
  "exports.messages": defineRoute({
    id: "exports.messages",
    scope: "messages:read",
    method: "GET",
    path: "/api/exports/messages",
    roles: staff(permissions.messages.read),
    summary: `Voicemail messages without their sound, by when they were left, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedMessage,
    errors: [],
  }),
  "exports.notes": defineRoute({
    id: "exports.notes",
    scope: "calls:read",
    method: "GET",
    path: "/api/exports/notes",
    roles: permissions.calls.read,
    summary: `What operators said came of conversations, and noted, by when they last changed it; one that is changed comes again, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedNote,
    errors: [],
  }),
  "exports.answers": defineRoute({
    id: "exports.answers",
    scope: "calls:read",
    method: "GET",
    path: "/api/exports/answers",
    roles: permissions.calls.read,
    summary: `What was answered in guided conversations, by when it last changed; one that is changed comes again, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedAnswers,
    errors: [],
  }),
} as const;
