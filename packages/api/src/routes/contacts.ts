/** The company's contacts: the people who call, found by number or by customer number. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime, LanguageTag, Name, Rev, Texts } from "../schemas.ts";
import { ownFieldKey } from "./contact-fields.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });

/** Largest file of contacts that is taken: more than 100,000 rows. */
export const maxContactsFileBytes = 30_000_000;

/** The other system that knows a contact, and its id there: together they name one contact of the company. */
export const ExternalId = Type.Object(
  {
    system: Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_]{0,39}$", examples: ["crm"] }),
    id: Type.String({ minLength: 1, maxLength: 200, pattern: "\\S" }),
  },
  closed,
);

const fields = {
  name: Name,
  company: Type.String({ maxLength: 200, default: "" }),
  /** As anybody writes them; kept as E.164. An extension is kept as it is, and no caller is recognised by it. */
  numbers: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20, default: [] }),
  /** The language to speak to them in; null: nothing is known. */
  language: Type.Union([LanguageTag, Type.Null()], { default: null }),
  /** What callers may key to be recognised. */
  customerNumber: Type.String({ maxLength: 64, default: "" }),
  vip: Type.Boolean({ default: false }),
  /** Calls from their numbers take the way of blocked ones, where a flow has it. */
  blocked: Type.Boolean({ default: false }),
  preferredOperatorId: Type.Union([Id, Type.Null()], { default: null }),
  externalIds: Type.Array(ExternalId, { maxItems: 20, default: [] }),
  /** The company's own fields, by their key (`company.contactFields`). */
  fields: Type.Record(
    Type.String({ pattern: ownFieldKey }),
    Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean()]),
    { ...closed, default: {} },
  ),
  notes: Type.String({ maxLength: 4000, default: "" }),
};

export const ContactFields = Type.Object(fields, closed);
export type ContactFields = Static<typeof ContactFields>;
export const Contact = Type.Object(
  {
    contactId: Id,
    rev: Rev,
    ...fields,
    /** The numbers as people of the company's country write them, in the same order. */
    numbersText: Type.Array(Type.String()),
    /** They have a PIN, by which they prove who they are. */
    hasPin: Type.Boolean(),
    changedAt: IsoTime,
  },
  { ...closed, title: "Contact" },
);
export type Contact = Static<typeof Contact>;

const crud = crudRoutes({
  name: "contacts",
  resource: "contacts",
  path: "/api/contacts",
  key: "contactId",
  id: Id,
  item: Contact,
  fields: ContactFields,
  singular: "contact",
  plural: "contacts",
  errors: ["alreadyExists", "numberInvalid", "notFound", "requestInvalid"],
});

/**
 * What a column of a file becomes: `name`, `number` … , `external:crm`, `field:contract`. `pin` is taken in and never given out: no export has it.
 */
const columnTarget =
  "^(name|company|number|language|customerNumber|pin|vip|blocked|preferredOperator|notes|external:[A-Za-z][A-Za-z0-9_]{0,39}|field:[a-z][A-Za-z0-9_]{0,39})$";

/** How a file is read; sent as JSON in the address, beside the file's bytes. */
export const ContactImportPlan = Type.Object(
  {
    /** By the number of the column, from 0; columns that are not named are left out. */
    columns: Type.Array(
      Type.Object(
        { column: Type.Integer({ minimum: 0, maximum: 499 }), to: Type.String({ pattern: columnTarget }) },
        closed,
      ),
      { minItems: 1, maxItems: 100 },
    ),
    /** By what a row finds the contact that it changes; null: every row is a new one. */
    matchBy: nullable(Type.String({ pattern: "^(number|customerNumber|external:[A-Za-z][A-Za-z0-9_]{0,39})$" })),
    /** The first row has the names of the columns. */
    header: Type.Boolean(),
  },
  { ...closed, title: "ContactImportPlan" },
);
export type ContactImportPlan = Static<typeof ContactImportPlan>;

/** Why a row, or a value of it, was left out. Lines are those of the file, from 1. */
export const ContactImportProblem = Type.Object(
  {
    line: Type.Integer({ minimum: 1 }),
    /** The number of the column, from 0; null: the whole row. */
    column: nullable(Count),
    value: Type.String(),
    problem: Texts,
  },
  closed,
);
export type ContactImportProblem = Static<typeof ContactImportProblem>;

export const ContactImportResult = Type.Object(
  {
    rows: Count,
    created: Count,
    changed: Count,
    unchanged: Count,
    /** Rows that were left out. */
    refused: Count,
    /** The first 200 problems; `problemCount` says how many there are. */
    problems: Type.Array(ContactImportProblem),
    problemCount: Count,
  },
  { ...closed, title: "ContactImportResult" },
);
export type ContactImportResult = Static<typeof ContactImportResult>;

export const ContactFileRead = Type.Object(
  {
    encoding: Type.Enum(["utf-8", "utf-16le", "windows-1252"]),
    delimiter: Type.Enum([",", ";", "tab", "|"]),
    header: Type.Boolean(),
    /** The names of the columns, or "1", "2" …, and what stands in the first rows of each. */
    columns: Type.Array(Type.Object({ name: Type.String(), samples: Type.Array(Type.String()) }, closed)),
    suggested: ContactImportPlan,
  },
  { ...closed, title: "ContactFileRead" },
);
export type ContactFileRead = Static<typeof ContactFileRead>;

const importQuery = Type.Object({ plan: Type.String({ minLength: 2, maxLength: 12_000 }) }, closed);
const importErrors = ["csvUnreadable", "requestInvalid", "notFound"] as const;

export const contactRoutes = {
  "contacts.list": defineRoute({
    id: "contacts.list",
    method: "GET",
    path: "/api/contacts",
    roles: permissions.contacts.read,
    summary: "Lists contacts by name; `next` goes on where this page ends. What is given narrows the list.",
    request: {
      query: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          before: Type.Optional(Type.String({ maxLength: 600 })),
          /** Beginnings of words of name, company or customer number, or the beginning of a telephone number as anybody writes it. */
          search: Type.Optional(Type.String({ maxLength: 100 })),
          blocked: Type.Optional(Type.Boolean()),
          vip: Type.Optional(Type.Boolean()),
          /** The contact that another system knows under this id; both go together. */
          system: Type.Optional(Type.String({ maxLength: 40 })),
          externalId: Type.Optional(Type.String({ maxLength: 200 })),
        },
        closed,
      ),
    },
    response: Type.Object({ items: Type.Array(Contact), next: nullable(Type.String()) }, closed),
    errors: [],
  }),
  "contacts.create": crud.create,
  "contacts.readFile": defineRoute({
    id: "contacts.readFile",
    method: "POST",
    path: "/api/contacts/import/read",
    roles: permissions.contacts.write,
    summary: "Looks at a CSV file of contacts: its columns, and what they probably hold. Nothing is written.",
    request: {},
    upload: true,
    audited: false,
    response: ContactFileRead,
    errors: ["csvUnreadable"],
    maxBodyBytes: maxContactsFileBytes,
  }),
  "contacts.tryImport": defineRoute({
    id: "contacts.tryImport",
    method: "POST",
    path: "/api/contacts/import/try",
    roles: permissions.contacts.write,
    summary: "Says what importing a CSV file would do, with its problems line by line. Nothing is written.",
    request: { query: importQuery },
    upload: true,
    audited: false,
    response: ContactImportResult,
    errors: importErrors,
    maxBodyBytes: maxContactsFileBytes,
  }),
  "contacts.import": defineRoute({
    id: "contacts.import",
    method: "POST",
    path: "/api/contacts/import",
    roles: permissions.contacts.write,
    summary: "Imports a CSV file of contacts: rows without a problem are written. Doing it again changes nothing.",
    request: { query: importQuery },
    upload: true,
    response: ContactImportResult,
    errors: importErrors,
    maxBodyBytes: maxContactsFileBytes,
  }),
  "contacts.export": defineRoute({
    id: "contacts.export",
    method: "GET",
    path: "/api/contacts/export",
    roles: permissions.contacts.write,
    scope: "contacts:write",
    summary: "All contacts as a CSV file that can be imported again.",
    request: {},
    response: "csv",
    errors: [],
  }),
  // Behind those with a word in place of an id.
  "contacts.get": crud.get,
  "contacts.change": crud.change,
  "contacts.setPin": defineRoute({
    id: "contacts.setPin",
    method: "PUT",
    path: "/api/contacts/:contactId/pin",
    roles: permissions.contacts.write,
    summary: "Sets the PIN by which a contact proves who they are, or takes it away.",
    request: {
      params: Type.Object({ contactId: Id }),
      /** Null takes it away. It is kept as a hash, and never given out. */
      body: Type.Object({ pin: nullable(Type.String({ pattern: "^\\d{4,16}$", examples: ["258014"] })) }, closed),
    },
    response: Contact,
    errors: ["notFound", "weakCode"],
  }),
  "contacts.delete": crud.delete,
} as const;
