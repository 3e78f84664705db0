/** Technical alarms: what they were, and whom they reach outside the screens. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Email, Id, IsoTime, Rev, ScreenLanguage, Texts } from "../schemas.ts";
import { AlarmCall, AlarmCallSettings, AlarmConfirmed, AlarmTestCall } from "./alarm-calls.ts";
import { AlarmKind, alarmKinds } from "./alarm-kinds.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

export const Alarm = Type.Object(
  {
    alarmId: Id,
    kind: AlarmKind,
    /** The queue's name, or the machine's. */
    about: nullable(Type.String()),
    since: IsoTime,
    /** Null: it goes on. */
    endedAt: nullable(IsoTime),
    /** Somebody who was called takes care of it: nobody else is called. Null: nobody said so. */
    confirmed: nullable(AlarmConfirmed),
  },
  { ...closed, title: "Alarm" },
);
export type Alarm = Static<typeof Alarm>;

const kinds = Type.Array(AlarmKind, { uniqueItems: true, maxItems: alarmKinds.length });

const settings = {
  mails: Type.Array(Type.Object({ to: Email, language: ScreenLanguage, kinds }, closed), { maxItems: 20 }),
  /** Each alarm and each recovery is posted there as JSON, signed as Standard Webhooks. Only http for a private host that is listed. */
  webhook: nullable(Type.Object({ url: Type.String({ pattern: "^https?://\\S+$", maxLength: 500 }), kinds }, closed)),
};

export const AlarmSettings = Type.Object(
  {
    rev: Rev,
    ...settings,
    /** Null: nobody is called. */
    calls: nullable(AlarmCallSettings),
    /** How each number of `calls` is written in the company's country. */
    numberTexts: Type.Record(Type.String(), Type.String()),
    /** Whether jambonz can be asked to call at all: its REST interface is set. */
    canCall: Type.Boolean(),
    /** How mails leave: `folder` where no mail server is set. */
    mailBy: Type.Enum(["smtp", "folder"]),
  },
  { ...closed, title: "AlarmSettings" },
);
export type AlarmSettings = Static<typeof AlarmSettings>;

export const alarmRoutes = {
  "alarms.list": defineRoute({
    id: "alarms.list",
    method: "GET",
    path: "/api/alarms",
    roles: permissions.alarms.read,
    summary: "Lists technical alarms: those that go on, then the newest; `next` continues where this page ends.",
    request: {
      query: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          before: Type.Optional(Type.String({ pattern: "^\\d{1,15}-[a-z]{2,8}_[0-9a-f]{32}$" })),
        },
        closed,
      ),
    },
    response: Type.Object({ items: Type.Array(Alarm), next: nullable(Type.String()) }, closed),
    errors: [],
  }),
  "alarms.settings": defineRoute({
    id: "alarms.settings",
    method: "GET",
    path: "/api/alarms/settings",
    roles: permissions.alarms.write,
    scope: "alarms:write",
    summary: "Whom alarms reach: addresses, and a webhook.",
    request: {},
    response: AlarmSettings,
    errors: [],
  }),
  "alarms.changeSettings": defineRoute({
    id: "alarms.changeSettings",
    method: "PUT",
    path: "/api/alarms/settings",
    roles: permissions.alarms.write,
    summary: "Changes whom alarms reach.",
    request: {
      body: Type.Object(
        {
          ...settings,
          /** Absent: as they are. Null: nobody is called. */
          calls: Type.Optional(nullable(AlarmCallSettings)),
          rev: Rev,
        },
        closed,
      ),
    },
    response: AlarmSettings,
    errors: [
      "changedMeanwhile",
      "webhookUrlRefused",
      "notFound",
      "dialNotANumber",
      "dialPremium",
      "dialCountry",
      "dialDoNotCall",
      "alarmCallsEmergency",
    ],
  }),
  "alarms.calls": defineRoute({
    id: "alarms.calls",
    method: "GET",
    path: "/api/alarms/calls",
    roles: permissions.alarms.read,
    summary:
      "Lists the calls by which alarms told somebody, trials included, the newest first; `next` continues where this page ends.",
    request: {
      query: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
          before: Type.Optional(Type.String({ pattern: "^\\d{1,15}-[a-z]{2,8}_[0-9a-f]{32}$" })),
        },
        closed,
      ),
    },
    response: Type.Object({ items: Type.Array(AlarmCall), next: nullable(Type.String()) }, closed),
    errors: [],
  }),
  "alarms.testCall": defineRoute({
    id: "alarms.testCall",
    method: "POST",
    path: "/api/alarms/test-calls",
    roles: permissions.alarms.write,
    summary:
      "Calls a number now, as an alarm would, and says that it is a trial; what becomes of it is among the calls.",
    request: { body: AlarmTestCall },
    response: Type.Object({ callId: Id }, closed),
    errors: [
      "dialNotANumber",
      "dialPremium",
      "dialCountry",
      "dialDoNotCall",
      "alarmCallsEmergency",
      "alarmCallsOff",
      "tooManyRequests",
    ],
  }),
  "alarms.newSecret": defineRoute({
    id: "alarms.newSecret",
    method: "POST",
    path: "/api/alarms/secret",
    roles: permissions.alarms.write,
    summary:
      "Gives the webhook a secret, shown in the answer this once; for a day what is posted is signed with the old one as well.",
    request: {},
    response: Type.Object({ secret: Type.String() }, closed),
    errors: [],
  }),
  "alarms.test": defineRoute({
    id: "alarms.test",
    method: "POST",
    path: "/api/alarms/test",
    roles: permissions.alarms.write,
    summary:
      "Sends a trial to every address and to the webhook; says what became of the webhook. Mails are on their way.",
    request: {},
    response: Type.Object(
      {
        mails: Type.Integer({ minimum: 0 }),
        /** Null: none is set. */
        webhook: nullable(
          Type.Object(
            {
              /** What was answered; null: nothing was. */
              status: nullable(Type.Integer()),
              /** Why it did not take it; null: it did. */
              problem: nullable(Texts),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    errors: [],
  }),
} as const;
