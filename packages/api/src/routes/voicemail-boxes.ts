/** Voicemail boxes: whose they are, what they say to callers, and how they are opened from a telephone. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Email, Id, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";
import { audioErrors, maxAudioBytes } from "./prompts.ts";

const closed = { additionalProperties: false } as const;

/** A mail for each message that a caller leaves. */
const BoxNotice = Type.Object(
  {
    mails: Type.Array(Email, {
      uniqueItems: true,
      minItems: 1,
      maxItems: 10,
    }),
    /** With the sound, where it is not too long for a mail. */
    attach: Type.Boolean({ default: false }),
    language: Type.Enum(["fr", "en"], { default: "fr" }),
  },
  closed,
);
export type BoxNotice = Static<typeof BoxNotice>;

const boxFields = {
  name: Name,
  /** Whose own box it is; who it belongs to hears it, whoever else may. */
  operatorId: Type.Optional(Type.Union([Id, Type.Null()], { default: null })),
  /** The queue whose callers leave messages here: shown with them, and where a call back belongs. */
  queueId: Type.Union([Id, Type.Null()], { default: null }),
  /** Who else may hear the messages, beside supervisors and administrators. */
  operatorIds: Type.Array(Id, { uniqueItems: true, maxItems: 1000, default: [] }),
  /** By which it is opened from a telephone, and others forward to it; no two boxes have the same. */
  number: Type.Optional(Type.Union([Type.String({ pattern: "^\\d{1,8}$" }), Type.Null()], { default: null })),
  /** Absent or null: nobody is told by mail. */
  notice: Type.Optional(Type.Union([BoxNotice, Type.Null()], { default: null })),
  /** Messages are deleted this long after they came, heard or not. */
  retentionDays: Type.Integer({ minimum: 1, maximum: 3650, default: 90 }),
};

/** Why nobody answers: a box may have a greeting for each. */
export const GreetingState = Type.Enum(["busy", "absent", "closed"]);
export type GreetingState = Static<typeof GreetingState>;

/** A greeting that was recorded; heard under `/media/<sha256>.wav`. */
const Greeting = Type.Object({ sha256: Type.String(), durationMs: Type.Integer({ minimum: 0 }) }, closed);
const Greetings = Type.Partial(Type.Object({ busy: Greeting, absent: Greeting, closed: Greeting }, closed), closed);
export type Greetings = Static<typeof Greetings>;

export const VoicemailBoxFields = Type.Object(boxFields, closed);
export type VoicemailBoxFields = Static<typeof VoicemailBoxFields>;
export const VoicemailBox = Type.Object(
  {
    boxId: Id,
    rev: Rev,
    ...boxFields,
    /** What callers hear where the flow says nothing of its own; a state without one is greeted as `absent`, then by the product. */
    greetings: Greetings,
    /** Whether it has the code that opens it from a telephone. */
    hasCode: Type.Boolean(),
  },
  { ...closed, title: "VoicemailBox" },
);
export type VoicemailBox = Static<typeof VoicemailBox>;

/** A box as an operator's agent shows it; `unheard` is what a lamp is lit for, `kept` what was heard and is still there. */
export const DeskVoicemailBox = Type.Object(
  {
    boxId: Id,
    name: Type.String(),
    queueId: Type.Union([Id, Type.Null()]),
    number: Type.Union([Type.String(), Type.Null()]),
    hasCode: Type.Boolean(),
    greetings: Greetings,
    unheard: Type.Integer({ minimum: 0 }),
    kept: Type.Integer({ minimum: 0 }),
  },
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

const params = Type.Object({ boxId: Id });
const greetingParams = Type.Object({ boxId: Id, state: GreetingState });
const code = {
  params,
  /** Null takes it away: the box cannot be opened from a telephone then. It is kept as a hash, and never given out. */
  body: Type.Object(
    { code: Type.Union([Type.String({ pattern: "^\\d{4,10}$", examples: ["2580"] }), Type.Null()]) },
    closed,
  ),
};
const operator = ["operator"] as const;
const summaries = {
  code: "Sets the code that opens a box from a telephone.",
  greeting: "Records what a box says to callers: the file is converted to what telephones play.",
  removeGreeting: "Takes a greeting of a box away.",
};

export const voicemailBoxRoutes = {
  "voicemailBoxes.list": boxes.list,
  "voicemailBoxes.get": boxes.get,
  "voicemailBoxes.create": boxes.create,
  "voicemailBoxes.change": boxes.change,
  "voicemailBoxes.delete": boxes.delete,
  "voicemailBoxes.setCode": defineRoute({
    id: "voicemailBoxes.setCode",
    method: "PUT",
    path: "/api/voicemail-boxes/:boxId/code",
    roles: permissions.voicemailBoxes.write,
    summary: summaries.code,
    request: code,
    response: VoicemailBox,
    errors: ["notFound", "weakCode"],
  }),
  "voicemailBoxes.recordGreeting": defineRoute({
    id: "voicemailBoxes.recordGreeting",
    method: "PUT",
    path: "/api/voicemail-boxes/:boxId/greetings/:state",
    roles: permissions.voicemailBoxes.write,
    summary: summaries.greeting,
    request: { params: greetingParams },
    upload: true,
    response: VoicemailBox,
    errors: ["notFound", ...audioErrors],
    maxBodyBytes: maxAudioBytes,
  }),
  "voicemailBoxes.removeGreeting": defineRoute({
    id: "voicemailBoxes.removeGreeting",
    method: "DELETE",
    path: "/api/voicemail-boxes/:boxId/greetings/:state",
    roles: permissions.voicemailBoxes.write,
    summary: summaries.removeGreeting,
    request: { params: greetingParams },
    response: VoicemailBox,
    errors: ["notFound"],
  }),
  "deskMessages.boxes": defineRoute({
    id: "deskMessages.boxes",
    method: "GET",
    path: "/api/desk/voicemail-boxes",
    roles: operator,
    summary: "The boxes that the operator may hear, with how many messages nobody has heard, and how many are kept.",
    request: {},
    response: Type.Object({ items: Type.Array(DeskVoicemailBox) }, closed),
    errors: [],
  }),
  "deskMessages.allBoxes": defineRoute({
    id: "deskMessages.allBoxes",
    method: "GET",
    path: "/api/desk/all-voicemail-boxes",
    roles: operator,
    summary: "The boxes to which a message can be forwarded.",
    request: {},
    response: Type.Object({ items: Type.Array(Type.Object({ boxId: Id, name: Type.String() }, closed)) }, closed),
    errors: [],
  }),
  "deskMessages.setCode": defineRoute({
    id: "deskMessages.setCode",
    method: "PUT",
    path: "/api/desk/voicemail-boxes/:boxId/code",
    roles: operator,
    summary: summaries.code,
    request: code,
    response: null,
    errors: ["notFound", "weakCode"],
  }),
  "deskMessages.recordGreeting": defineRoute({
    id: "deskMessages.recordGreeting",
    method: "PUT",
    path: "/api/desk/voicemail-boxes/:boxId/greetings/:state",
    roles: operator,
    summary: summaries.greeting,
    request: { params: greetingParams },
    upload: true,
    response: null,
    errors: ["notFound", ...audioErrors],
    maxBodyBytes: maxAudioBytes,
  }),
  "deskMessages.removeGreeting": defineRoute({
    id: "deskMessages.removeGreeting",
    method: "DELETE",
    path: "/api/desk/voicemail-boxes/:boxId/greetings/:state",
    roles: operator,
    summary: summaries.removeGreeting,
    request: { params: greetingParams },
    response: null,
    errors: ["notFound"],
  }),
} as const;
