/** Voicemail: the messages, and (voicemail-boxes.ts) the boxes that they are in. What operators may hear lies under `/api/desk`; the rest is for the company's users. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime } from "../schemas.ts";
import { voicemailBoxRoutes } from "./voicemail-boxes.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** `new`: nobody has heard it. `kept`: heard. `deleted`: can still be brought back, for a week at most. */
export const MessageState = Type.Enum(["new", "kept", "deleted"]);
export type MessageState = Static<typeof MessageState>;

/** `telephone`: whoever keyed the code of the box, whose name stands here. */
const Person = Type.Object({ kind: Type.Enum(["user", "operator", "telephone"]), id: Id, name: Type.String() }, closed);
const Done = Type.Object({ at: IsoTime, by: Person }, closed);

export const VoicemailMessage = Type.Object(
  {
    messageId: Id,
    boxId: Id,
    boxName: Type.String(),
    queueId: nullable(Id),
    callId: Id,
    state: MessageState,
    receivedAt: IsoTime,
    durationMs: Type.Integer({ minimum: 0 }),
    /** How loud it is from its beginning to its end, 0 to 100 each, for drawing it; empty: not known. */
    peaks: Type.Array(Type.Integer({ minimum: 0, maximum: 100 }), { maxItems: 200 }),
    /** Null when the caller hid it. */
    from: nullable(Type.String()),
    /** As people of the company's country write it. */
    fromText: nullable(Type.String()),
    hidden: Type.Boolean(),
    callerName: nullable(Type.String()),
    lineName: Type.String(),
    heard: nullable(Done),
    assignedTo: nullable(Type.Object({ operatorId: Id, name: Type.String() }, closed)),
    note: Type.String(),
    calledBack: nullable(Done),
    /** The box that this is a copy from, and who sent it on. */
    forwarded: nullable(Type.Object({ boxName: Type.String(), by: Person }, closed)),
    /** When it is deleted for good. */
    keptUntil: IsoTime,
  },
  { ...closed, title: "VoicemailMessage" },
);
export type VoicemailMessage = Static<typeof VoicemailMessage>;

const params = Type.Object({ messageId: Id });
const request = {
  list: {
    query: Type.Object(
      {
        boxId: Type.Optional(Id),
        /** Absent: new and kept ones. */
        state: Type.Optional(MessageState),
        assignedTo: Type.Optional(Id),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
        before: Type.Optional(Type.String({ maxLength: 100 })),
      },
      closed,
    ),
  },
  /** What is absent stays as it is. */
  change: {
    params,
    body: Type.Object(
      {
        heard: Type.Optional(Type.Boolean()),
        assignedTo: Type.Optional(nullable(Id)),
        note: Type.Optional(Type.String({ maxLength: 2000 })),
      },
      closed,
    ),
  },
  one: { params },
  forward: { params, body: Type.Object({ boxId: Id }, closed) },
};
const Page = Type.Object({ items: Type.Array(VoicemailMessage), next: nullable(Type.String()) }, closed);
/** `url` is a path of this server that serves ranges, open to whoever has it until `validUntil`. */
const Audio = Type.Object(
  { url: Type.String(), durationMs: Type.Integer({ minimum: 0 }), validUntil: IsoTime },
  closed,
);

const users = {
  read: permissions.messages.read.filter((role) => role !== "operator"),
  write: permissions.messages.write.filter((role) => role !== "operator"),
};
const operator = ["operator"] as const;

const summaries = {
  list: "Lists messages, the newest first; `next` goes on where this page ends.",
  audio: "Where a message can be heard for the next minutes. Hearing it marks nothing.",
  change: "Marks a message heard or unheard, gives it to an operator, notes something.",
  calledBack: "Says that the caller of a message was called back, by whoever asks.",
  forward: "Puts a copy of a message, sound and note, into another box.",
  remove: "Deletes a message; it can be brought back for a week, within its box’s retention.",
  restore: "Brings a deleted message back.",
};

export const voicemailRoutes = {
  ...voicemailBoxRoutes,
  "messages.list": defineRoute({
    id: "messages.list",
    method: "GET",
    path: "/api/messages",
    roles: users.read,
    summary: summaries.list,
    request: request.list,
    response: Page,
    errors: [],
  }),
  "messages.get": defineRoute({
    id: "messages.get",
    method: "GET",
    path: "/api/messages/:messageId",
    roles: users.read,
    summary: "Reads a message.",
    request: request.one,
    response: VoicemailMessage,
    errors: ["notFound"],
  }),
  "messages.audio": defineRoute({
    id: "messages.audio",
    method: "GET",
    path: "/api/messages/:messageId/audio",
    roles: users.read,
    summary: summaries.audio,
    request: request.one,
    response: Audio,
    errors: ["notFound"],
  }),
  "messages.change": defineRoute({
    id: "messages.change",
    method: "PUT",
    path: "/api/messages/:messageId",
    roles: users.write,
    summary: summaries.change,
    request: request.change,
    response: VoicemailMessage,
    errors: ["notFound"],
  }),
  "messages.calledBack": defineRoute({
    id: "messages.calledBack",
    method: "POST",
    path: "/api/messages/:messageId/called-back",
    roles: users.write,
    summary: summaries.calledBack,
    request: request.one,
    response: VoicemailMessage,
    errors: ["notFound"],
  }),
  "messages.forward": defineRoute({
    id: "messages.forward",
    method: "POST",
    path: "/api/messages/:messageId/forward",
    roles: users.write,
    summary: summaries.forward,
    request: request.forward,
    response: null,
    errors: ["notFound"],
  }),
  "messages.delete": defineRoute({
    id: "messages.delete",
    method: "DELETE",
    path: "/api/messages/:messageId",
    roles: users.write,
    summary: summaries.remove,
    request: request.one,
    response: null,
    errors: ["notFound"],
  }),
  "messages.restore": defineRoute({
    id: "messages.restore",
    method: "POST",
    path: "/api/messages/:messageId/restore",
    roles: users.write,
    summary: summaries.restore,
    request: request.one,
    response: VoicemailMessage,
    errors: ["notFound"],
  }),
  "deskMessages.list": defineRoute({
    id: "deskMessages.list",
    method: "GET",
    path: "/api/desk/messages",
    roles: operator,
    summary: summaries.list,
    request: request.list,
    response: Page,
    errors: [],
  }),
  "deskMessages.audio": defineRoute({
    id: "deskMessages.audio",
    method: "GET",
    path: "/api/desk/messages/:messageId/audio",
    roles: operator,
    summary: summaries.audio,
    request: request.one,
    response: Audio,
    errors: ["notFound"],
  }),
  "deskMessages.change": defineRoute({
    id: "deskMessages.change",
    method: "PUT",
    path: "/api/desk/messages/:messageId",
    roles: operator,
    summary: summaries.change,
    request: request.change,
    response: VoicemailMessage,
    errors: ["notFound"],
  }),
  "deskMessages.calledBack": defineRoute({
    id: "deskMessages.calledBack",
    method: "POST",
    path: "/api/desk/messages/:messageId/called-back",
    roles: operator,
    summary: summaries.calledBack,
    request: request.one,
    response: VoicemailMessage,
    errors: ["notFound"],
  }),
  "deskMessages.forward": defineRoute({
    id: "deskMessages.forward",
    method: "POST",
    path: "/api/desk/messages/:messageId/forward",
    roles: operator,
    summary: summaries.forward,
    request: request.forward,
    response: null,
    errors: ["notFound"],
  }),
  "deskMessages.delete": defineRoute({
    id: "deskMessages.delete",
    method: "DELETE",
    path: "/api/desk/messages/:messageId",
    roles: operator,
    summary: summaries.remove,
    request: request.one,
    response: null,
    errors: ["notFound"],
  }),
  "deskMessages.restore": defineRoute({
    id: "deskMessages.restore",
    method: "POST",
    path: "/api/desk/messages/:messageId/restore",
    roles: operator,
    summary: summaries.restore,
    request: request.one,
    response: VoicemailMessage,
    errors: ["notFound"],
  }),
} as const;
