/** Voicemail: boxes, and the messages in them. What operators may hear lies under `/api/desk`; the rest is for the company's users. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

const boxFields = {
  name: Name,
  /** The queue whose callers leave messages here: shown with them, and where a call back belongs. */
  queueId: Type.Union([Id, Type.Null()], { default: null }),
  /** Who may hear the messages, beside supervisors and administrators. */
  operatorIds: Type.Array(Id, { uniqueItems: true, maxItems: 1000, default: [] }),
  /** Messages are deleted this long after they came, heard or not. */
  retentionDays: Type.Integer({ minimum: 1, maximum: 3650, default: 90 }),
};

export const VoicemailBoxFields = Type.Object(boxFields, closed);
export type VoicemailBoxFields = Static<typeof VoicemailBoxFields>;
export const VoicemailBox = Type.Object({ boxId: Id, rev: Rev, ...boxFields }, { ...closed, title: "VoicemailBox" });
export type VoicemailBox = Static<typeof VoicemailBox>;

/** `new`: nobody has heard it. `kept`: heard. `deleted`: can still be brought back, for a week at most. */
export const MessageState = Type.Enum(["new", "kept", "deleted"]);
export type MessageState = Static<typeof MessageState>;

const Person = Type.Object({ kind: Type.Enum(["user", "operator"]), id: Id, name: Type.String() }, closed);
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
    /** When it is deleted for good. */
    keptUntil: IsoTime,
  },
  { ...closed, title: "VoicemailMessage" },
);
export type VoicemailMessage = Static<typeof VoicemailMessage>;

/** A box as an operator's agent shows it; `unheard` is what a lamp is lit for. */
export const DeskVoicemailBox = Type.Object(
  { boxId: Id, name: Type.String(), queueId: nullable(Id), unheard: Type.Integer({ minimum: 0 }) },
  { ...closed, title: "DeskVoicemailBox" },
);
export type DeskVoicemailBox = Static<typeof DeskVoicemailBox>;

const boxes = crudRoutes({
  name: "voicemailBoxes",
  resource: "voicemailBoxes",
  path: "/api/voicemail-boxes",
  key: "boxId",
  id: Id,
  item: VoicemailBox,
  fields: VoicemailBoxFields,
  singular: "voicemail box",
  plural: "voicemail boxes",
  errors: ["alreadyExists", "notFound"],
  deleteErrors: ["inUse"],
});

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
  remove: "Deletes a message; it can be brought back for a week, within its box’s retention.",
  restore: "Brings a deleted message back.",
};

export const voicemailRoutes = {
  "voicemailBoxes.list": boxes.list,
  "voicemailBoxes.get": boxes.get,
  "voicemailBoxes.create": boxes.create,
  "voicemailBoxes.change": boxes.change,
  "voicemailBoxes.delete": boxes.delete,
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
  "deskMessages.boxes": defineRoute({
    id: "deskMessages.boxes",
    method: "GET",
    path: "/api/desk/voicemail-boxes",
    roles: operator,
    summary: "The boxes that the operator may hear, with how many messages nobody has heard.",
    request: {},
    response: Type.Object({ items: Type.Array(DeskVoicemailBox) }, closed),
    errors: [],
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
