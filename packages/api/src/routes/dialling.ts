/** Calls that operators dial: what they may dial and how, whom nobody may call, and the dialling itself. What operators use lies under `/api/desk`. */
import { type Static, Type } from "typebox";
import { AgentView, OperatorStateName } from "../agent-view.ts";
import { defineRoute } from "../define-route.ts";
import type { ErrorCode } from "../errors/index.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime, Name, OperatorCode } from "../schemas.ts";
import { CallResult } from "./calls.ts";
import { RecordingRules } from "./recording-rules.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Country = Type.String({ pattern: "^[A-Z]{2}$", examples: ["FR"] });
const WrittenNumber = Type.String({ minLength: 1, maxLength: 64, pattern: "\\S" });

const rules = {
  /** False: nobody dials. */
  allowed: Type.Boolean({ default: true }),
  /** ISO 3166; empty: the company's own country. */
  countries: Type.Array(Country, { maxItems: 250, uniqueItems: true, default: [] }),
  /** Dialling is refused while this schedule is closed; null: at any time. Colleagues may always be called. */
  scheduleId: Type.Union([Id, Type.Null()], { default: null }),
  /** Who is rung first; the other one is rung when they have picked up. `party`: they hear a word and music until then. */
  first: Type.Enum(["operator", "party"], { default: "operator" }),
  /** What opens for a call that was dialled, as for one that was accepted. */
  scriptId: Type.Union([Id, Type.Null()], { default: null }),
  /** Pages of other programs (`https://crm.example`) from which a click on a number calls at once, without a second one at the desk. */
  origins: Type.Array(Type.String({ pattern: "^https?://[^/\\s?#]{1,250}$", maxLength: 260 }), {
    maxItems: 50,
    uniqueItems: true,
    default: [],
  }),
  /** Operators may have a number of their own (a mobile, at home) ring for them: the company pays for those calls. */
  ownNumbers: Type.Boolean({ default: false }),
  /** The lines whose numbers may be shown, and to whom each is left (empty: everybody). Empty: every line. */
  lines: Type.Array(
    Type.Object(
      { lineId: Id, operatorIds: Type.Array(Id, { maxItems: 1000, uniqueItems: true, default: [] }) },
      closed,
    ),
    { maxItems: 500, default: [] },
  ),
  /** Which conversations of calls to outside numbers are recorded; emergency calls never are. Absent: none; in a change: as it is. */
  recording: Type.Optional(RecordingRules),
};

export const DiallingRulesFields = Type.Object(rules, closed);
export type DiallingRulesFields = Static<typeof DiallingRulesFields>;
export const DiallingRules = Type.Object(
  { rev: Type.Integer({ minimum: 0 }), ...rules },
  { ...closed, title: "DiallingRules" },
);
export type DiallingRules = Static<typeof DiallingRules>;

/** A number that nobody of the company may dial. */
export const DoNotCallEntry = Type.Object(
  {
    entryId: Id,
    number: Type.String(),
    /** As people of the company's country write it. */
    numberText: Type.String(),
    note: Type.String(),
    addedAt: IsoTime,
  },
  { ...closed, title: "DoNotCallEntry" },
);
export type DoNotCallEntry = Static<typeof DoNotCallEntry>;

/** Whom to call, the line to show (absent: the one used last, or the first that is allowed), and a name for the wish: with the same one it is carried out once. */
const wish = {
  lineId: Type.Optional(Id),
  key: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{8,64}$" })),
};

export const DialWish = Type.Union([
  /** In any national form, or with + and country code; an extension. */
  Type.Object({ number: WrittenNumber, ...wish }, closed),
  /** A telephone of the company: a colleague's, or another one. */
  Type.Object({ telephoneId: Id, ...wish }, closed),
]);
export type DialWish = Static<typeof DialWish>;

export const ColleagueView = Type.Object(
  {
    operatorId: Id,
    name: Name,
    code: OperatorCode,
    state: OperatorStateName,
    /** Null: not signed in. */
    since: nullable(IsoTime),
    pauseLabel: nullable(Type.String()),
    telephone: nullable(Type.Object({ telephoneId: Id, name: Name }, closed)),
  },
  { ...closed, title: "ColleagueView" },
);
export type ColleagueView = Static<typeof ColleagueView>;

export const RecentCall = Type.Object(
  {
    callId: Id,
    direction: Type.Enum(["inbound", "outbound"]),
    /** Who called, or was called; null: hidden. */
    number: nullable(Type.String()),
    numberText: nullable(Type.String()),
    callerName: nullable(Type.String()),
    at: IsoTime,
    result: nullable(CallResult),
  },
  { ...closed, title: "RecentCall" },
);
export type RecentCall = Static<typeof RecentCall>;

/** Whom an operator may call, and what is shown. */
export const DeskDirectory = Type.Object(
  {
    dialling: Type.Object(
      {
        allowed: Type.Boolean(),
        first: Type.Enum(["operator", "party"]),
        origins: Type.Array(Type.String()),
        lines: Type.Array(Type.Object({ lineId: Id, name: Name, numberText: Type.String() }, closed)),
      },
      closed,
    ),
    colleagues: Type.Array(ColleagueView),
    /** Telephones of the company that nobody signed in holds: reception, meeting rooms, other departments. */
    telephones: Type.Array(Type.Object({ telephoneId: Id, name: Name }, closed)),
    /** The operator's last calls, the newest first. */
    recent: Type.Array(RecentCall),
  },
  { ...closed, title: "DeskDirectory" },
);
export type DeskDirectory = Static<typeof DeskDirectory>;

const refusals = [
  "notFound",
  "notInShift",
  "notNow",
  "telephoneMissing",
  "diallingOff",
  "dialNotANumber",
  "dialPremium",
  "dialCountry",
  "dialDoNotCall",
  "dialClosed",
  "dialLine",
  "dialOwnTelephone",
  "callCentreUnavailable",
] as const;

/** A contact as an operator finds it. `url`: its file, rendered and checked; null where the script has none. */
export const DeskContact = Type.Object(
  {
    contactId: Type.String(),
    name: Type.String(),
    company: Type.String(),
    customerNumber: Type.String(),
    numbers: Type.Array(Type.Object({ number: Type.String(), numberText: Type.String() }, closed)),
    vip: Type.Boolean(),
    blocked: Type.Boolean(),
    /** What the file is called, and where it lies. */
    file: Type.Union([Type.Object({ name: Type.String(), url: Type.String() }, closed), Type.Null()]),
  },
  { ...closed, title: "DeskContact" },
);
export type DeskContact = Static<typeof DeskContact>;

export const diallingRoutes = {
  "dialling.get": defineRoute({
    id: "dialling.get",
    method: "GET",
    path: "/api/dialling",
    roles: permissions.dialling.read,
    summary: "Reads what operators may dial, and how.",
    request: {},
    response: DiallingRules,
    errors: [],
  }),
  "dialling.change": defineRoute({
    id: "dialling.change",
    method: "PUT",
    path: "/api/dialling",
    roles: permissions.dialling.write,
    summary: "Changes what operators may dial, and how.",
    request: { body: Type.Object({ ...rules, rev: Type.Integer({ minimum: 0 }) }, closed) },
    response: DiallingRules,
    errors: ["changedMeanwhile", "notFound"],
  }),
  "doNotCall.list": defineRoute({
    id: "doNotCall.list",
    method: "GET",
    path: "/api/do-not-call",
    roles: permissions.doNotCall.read,
    summary: "Lists the numbers that nobody may dial, the newest first; `next` goes on where this page ends.",
    request: {
      query: Type.Object(
        {
          /** In any national form. */
          number: Type.Optional(Type.String({ maxLength: 64 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          before: Type.Optional(Type.String({ maxLength: 100 })),
        },
        closed,
      ),
    },
    response: Type.Object({ items: Type.Array(DoNotCallEntry), next: nullable(Type.String()) }, closed),
    errors: [],
  }),
  "doNotCall.add": defineRoute({
    id: "doNotCall.add",
    method: "POST",
    path: "/api/do-not-call",
    roles: permissions.doNotCall.write,
    summary: "Adds numbers that nobody may dial; those that are there already stay as they are.",
    request: {
      body: Type.Object(
        {
          numbers: Type.Array(WrittenNumber, { minItems: 1, maxItems: 1000 }),
          note: Type.String({ maxLength: 200, default: "" }),
        },
        closed,
      ),
    },
    response: Type.Object(
      {
        added: Type.Integer({ minimum: 0 }),
        already: Type.Integer({ minimum: 0 }),
        /** What is no number, as it was written. */
        wrong: Type.Array(Type.String()),
      },
      closed,
    ),
    errors: [],
  }),
  "doNotCall.remove": defineRoute({
    id: "doNotCall.remove",
    method: "DELETE",
    path: "/api/do-not-call/:entryId",
    roles: permissions.doNotCall.write,
    summary: "Takes a number off the list of those that nobody may dial.",
    request: { params: Type.Object({ entryId: Id }) },
    response: null,
    errors: ["notFound"],
  }),
  "calls.create": defineRoute({
    id: "calls.create",
    // Part of the day's work; the call's own trace says who dialled for whom.
    audited: false,
    method: "POST",
    path: "/api/calls",
    roles: permissions.calls.write,
    summary:
      "Dials a number for an operator who is signed in: their telephone rings first (or the number, as the company chose).",
    request: {
      body: Type.Object(
        {
          /** By id, or by the code that they sign in with. */
          operator: Type.Union([Id, OperatorCode]),
          number: WrittenNumber,
          ...wish,
        },
        closed,
      ),
    },
    response: Type.Object({ callId: Id }, closed),
    errors: refusals,
  }),
  "desk.directory": defineRoute({
    id: "desk.directory",
    method: "GET",
    path: "/api/desk/directory",
    roles: ["operator"],
    summary:
      "Whom the operator may call: colleagues with their states, telephones of the company, and their own last calls.",
    request: {},
    response: DeskDirectory,
    errors: ["callCentreUnavailable"],
  }),
  "desk.contacts": defineRoute({
    id: "desk.contacts",
    method: "GET",
    path: "/api/desk/contacts",
    roles: ["operator"],
    summary:
      "Looks for contacts by name, company, number, customer number or external id: the first ones, each with the address of its file.",
    request: { query: Type.Object({ search: Type.String({ minLength: 2, maxLength: 120 }) }, closed) },
    response: Type.Object({ items: Type.Array(DeskContact), more: Type.Boolean() }, closed),
    errors: [],
  }),
  "desk.testTelephone": defineRoute({
    id: "desk.testTelephone",
    method: "POST",
    path: "/api/desk/telephone/test",
    roles: ["operator"],
    summary: "Rings the operator’s own telephone, which says that it works when it is picked up.",
    request: {},
    response: Type.Object({ view: AgentView }, closed),
    errors: ["notInShift", "notNow", "telephoneMissing", "callCentreUnavailable"],
  }),
  "desk.ownTelephone": defineRoute({
    id: "desk.ownTelephone",
    method: "PUT",
    path: "/api/desk/telephone/own",
    roles: ["operator"],
    summary:
      "Chooses a number of the operator’s own (a mobile, at home) as the telephone that rings, where the company allows it.",
    request: { body: Type.Object({ number: WrittenNumber }, closed) },
    response: Type.Object({ view: AgentView }, closed),
    errors: [
      ...["ownNumbersOff", "notInShift", "notNow", "telephoneTaken", "telephoneUnknown", "alreadyExists"],
      ...["dialNotANumber", "dialEmergency", "dialPremium", "dialCountry", "callCentreUnavailable"],
    ] as ErrorCode[],
  }),
  "desk.dial": defineRoute({
    id: "desk.dial",
    method: "POST",
    path: "/api/desk/dial",
    roles: ["operator"],
    summary:
      "Dials: the operator’s telephone rings first, then the number (or the other way round, as the company chose).",
    request: { body: DialWish },
    response: Type.Object({ view: AgentView }, closed),
    errors: refusals,
  }),
} as const;
