import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions, userRoles } from "../roles.ts";
import { CompanyCode, Email, Id, LanguageTag, Name, Rev, ScreenLanguage, Texts } from "../schemas.ts";
import { ContactFieldDefinition } from "./contact-fields.ts";
import { SkillCode } from "./distribution.ts";

const closed = { additionalProperties: false } as const;

/** A word for what came of a call. The code stays when the names change, so that the past stays true. */
export const CallOutcome = Type.Object(
  { code: Type.String({ pattern: "^[a-zA-Z0-9-]{1,40}$" }), name: Texts },
  { ...closed, title: "CallOutcome" },
);
export type CallOutcome = Static<typeof CallOutcome>;

/**
 * Whether supervisors may listen to conversations, whisper and join. `shown`: the operator sees who listens, and how. `unshown`: they do not
 * see it at that moment; they must have been told beforehand that it may happen (docs/privacy.md).
 */
const listeningRules = ["off", "shown", "unshown"] as const;

const fields = {
  name: Name,
  /** ISO 3166: how numbers without a country code are read, and written for people. */
  country: Type.String({ pattern: "^[A-Z]{2}$", examples: ["FR"] }),
  /** IANA name. */
  timeZone: Type.String({ minLength: 1, maxLength: 64, examples: ["Europe/Paris"] }),
  languages: Type.Array(LanguageTag, { minItems: 1, maxItems: 20, uniqueItems: true }),
  pauseReasons: Type.Array(
    Type.Object({ code: Type.String({ pattern: "^[a-zA-Z0-9-]{1,40}$" }), name: Texts }, closed),
    { maxItems: 50 },
  ),
  /** By which words operators say what came of a call. Absent in a change: as they are. */
  outcomes: Type.Optional(Type.Array(CallOutcome, { maxItems: 100 })),
  /** Schemes besides http and https that scripts may open, such as `crm`. */
  scriptSchemes: Type.Array(Type.String({ pattern: "^[a-z][a-z0-9+.-]{0,30}$" }), { maxItems: 20, uniqueItems: true }),
  authorsMayPublish: Type.Boolean(),
  /** What rings when a caller asks for the switchboard; null: there is none. */
  switchboardTelephoneId: Type.Union([Id, Type.Null()], { default: null }),
  /** The voice that speaks texts, by language; a language that is not named gets the synthesiser's own. */
  voices: Type.Record(
    Type.String({ pattern: "^[a-z]{2}(-[A-Z]{2})?$" }),
    Type.String({ minLength: 1, maxLength: 100 }),
    { ...closed, default: {} },
  ),
  /** What the company keeps of its contacts beside what everybody keeps. */
  contactFields: Type.Array(ContactFieldDefinition, { maxItems: 30, default: [] }),
  /** `off`, `shown` (unless set) or `unshown`: whether supervisors may listen, and operators see it. Absent in a change: as it is. */
  listening: Type.Optional(Type.Enum(listeningRules)),
  /** Calls, their traces and what operators did in them are deleted so long after the calls began. Messages have their box's own. */
  callRetentionDays: Type.Integer({ minimum: 1, maximum: 3650, default: 180 }),
};

/** May be left out of a request: they stay as they are. */
const skills = Type.Array(Type.Object({ code: SkillCode, name: Texts }, closed), { maxItems: 200 });

export const CompanyFields = Type.Object({ ...fields, skills: Type.Optional(skills) }, closed);
export type CompanyFields = Static<typeof CompanyFields>;
export const Company = Type.Object(
  /** `skills`: what operators can be good at, and calls ask for. */
  { companyId: Id, code: CompanyCode, rev: Rev, ...fields, skills },
  { ...closed, title: "Company" },
);
export type Company = Static<typeof Company>;

/** What the first settings of a company cannot be guessed from; the rest is changed in the designer. */
const NewCompany = Type.Object(
  {
    code: CompanyCode,
    ...{ name: fields.name, country: fields.country, timeZone: fields.timeZone, languages: fields.languages },
    admin: Type.Object({ email: Email, name: Name, language: ScreenLanguage }, closed),
  },
  closed,
);

export const companyRoutes = {
  "companies.create": defineRoute({
    id: "companies.create",
    method: "POST",
    path: "/api/companies",
    roles: "anyone",
    summary:
      "Makes a company with its first administrator, whose password is in the answer this once. Only with the key of the installation’s own command line.",
    request: { body: NewCompany },
    response: Type.Object(
      { companyId: Id, code: CompanyCode, admin: Type.Object({ email: Email, newPassword: Type.String() }, closed) },
      closed,
    ),
    errors: ["notSignedIn", "alreadyExists", "requestInvalid"],
  }),
  "company.get": defineRoute({
    id: "company.get",
    method: "GET",
    path: "/api/company",
    roles: userRoles,
    summary: "Reads the company's settings.",
    request: {},
    response: Company,
    errors: [],
  }),
  "company.change": defineRoute({
    id: "company.change",
    method: "PUT",
    path: "/api/company",
    roles: permissions.company.write,
    summary: "Changes the company's settings.",
    request: { body: Type.Object({ ...CompanyFields.properties, rev: Rev }, closed) },
    response: Company,
    errors: ["changedMeanwhile", "scriptUrlRefused", "requestInvalid", "notFound"],
  }),
} as const;
