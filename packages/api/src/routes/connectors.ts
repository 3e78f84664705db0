/** Connectors: other systems that know who calls, and the secrets that they want to hear. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime, Name, Rev, Texts } from "../schemas.ts";
import { ownFieldKey } from "./contact-fields.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** RFC 6901, inside the answer; empty: the whole of it. */
const Pointer = Type.String({ pattern: "^(/[^/]*)*$", maxLength: 200, examples: ["/data/contacts"] });
/** Where a member of a contact stands; null: nowhere. */
const At = Type.Union([Type.String({ pattern: "^(/[^/]*)+$", maxLength: 200 }), Type.Null()], { default: null });

export const ConnectorMapping = Type.Object(
  {
    /** Where the contacts stand in the answer: a list of them, or one. The others are inside a contact. */
    list: Pointer,
    id: At,
    name: At,
    company: At,
    language: At,
    customerNumber: At,
    vip: At,
    blocked: At,
    /** The operator's code. */
    preferredOperator: At,
    notes: At,
    /** The company's own fields, by key. */
    fields: Type.Record(
      Type.String({ pattern: ownFieldKey }),
      Type.String({ pattern: "^(/[^/]*)+$", maxLength: 200 }),
      {
        ...closed,
        default: {},
      },
    ),
  },
  { ...closed, title: "ConnectorMapping" },
);
export type ConnectorMapping = Static<typeof ConnectorMapping>;

const Column = Type.String({ minLength: 1, maxLength: 63 });

/** A view (or table) of a company's own database, asked instead of an address. */
export const SqlSource = Type.Object(
  {
    server: Type.Enum(["postgresql", "mysql"], { default: "postgresql" }),
    /** A name or an address; a private one has to be listed, as for addresses. */
    host: Type.String({ minLength: 1, maxLength: 253, pattern: "^[A-Za-z0-9._:-]+$" }),
    port: Type.Integer({ minimum: 1, maximum: 65_535, default: 5432 }),
    database: Type.String({ minLength: 1, maxLength: 63 }),
    user: Type.String({ minLength: 1, maxLength: 63 }),
    /** The name of the secret that is the user's password. */
    secret: Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_]{0,39}$" }),
    tls: Type.Enum(["verified", "encrypted", "off"], { default: "verified" }),
    /** PEM of who signs the database's certificate; null: the public authorities. */
    ca: nullable(Type.String({ maxLength: 20_000 })),
    /** `contacts`, or with its schema: `crm.contacts`. */
    view: Type.String({ minLength: 1, maxLength: 200 }),
    /**
     * A row is found where one of these columns has the value: `key` is what is looked for (the number as E.164, or what was keyed), `digits` its
     * digits alone, `national` the number as the company's country writes it, digits alone.
     */
    match: Type.Array(
      Type.Object({ column: Column, value: Type.Enum(["key", "digits", "national"], { default: "key" }) }, closed),
      { minItems: 1, maxItems: 6 },
    ),
  },
  { ...closed, title: "SqlSource" },
);
export type SqlSource = Static<typeof SqlSource>;

const fields = {
  name: Name,
  /** Absent or null: an address is asked. Otherwise the address, headers and body are not looked at, and the mapping names columns: `/name`. */
  sql: Type.Optional(nullable(SqlSource)),
  method: Type.Enum(["GET", "POST"], { default: "GET" }),
  /**
   * `https://crm.example/contacts?phone={{key}}`. `{{key}}` is what is looked for: the number as E.164, or what was keyed. Also `{{digits}}`,
   * its digits alone. Values come after the server's name and are always encoded.
   */
  url: Type.String({ maxLength: 2000 }),
  /** Values may hold `{{secret.name}}`. */
  headers: Type.Array(
    Type.Object(
      {
        name: Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_|~-]{1,100}$" }),
        value: Type.String({ maxLength: 1000, pattern: "^[^\\r\\n]*$" }),
      },
      closed,
    ),
    { maxItems: 20, default: [] },
  ),
  /** Of a POST: JSON whose strings may hold `{{key}}`, `{{digits}}` and `{{secret.name}}`, and `{{code}}` where a code is checked or sent. */
  body: Type.Union([Type.String({ maxLength: 4000 }), Type.Null()], { default: null }),
  /** How long a caller is kept waiting for the answer. */
  timeoutMs: Type.Integer({ minimum: 200, maximum: 5000, default: 2000 }),
  mapping: ConnectorMapping,
};

export const ConnectorFields = Type.Object(fields, closed);
export type ConnectorFields = Static<typeof ConnectorFields>;
export const Connector = Type.Object({ connectorId: Id, rev: Rev, ...fields }, { ...closed, title: "Connector" });
export type Connector = Static<typeof Connector>;

const crud = crudRoutes({
  name: "connectors",
  resource: "connectors",
  path: "/api/connectors",
  key: "connectorId",
  id: Id,
  item: Connector,
  fields: ConnectorFields,
  singular: "connector",
  plural: "connectors",
  errors: ["alreadyExists", "scriptUrlRefused", "requestInvalid"],
  deleteErrors: ["inUse"],
});

/** A contact as a connector's answer gave it. */
const FoundContact = Type.Object(
  {
    contactId: Type.String(),
    name: Type.String(),
    company: Type.String(),
    language: Type.String(),
    customerNumber: Type.String(),
    vip: Type.Boolean(),
    blocked: Type.Boolean(),
    notes: Type.String(),
    fields: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  },
  { ...closed, title: "FoundContact" },
);

export const ConnectorTrial = Type.Object(
  {
    tookMs: Type.Integer({ minimum: 0 }),
    /** The other system's; null: it did not answer. */
    status: nullable(Type.Integer()),
    /** The beginning of its answer. */
    answer: Type.String(),
    contacts: Type.Array(FoundContact),
    /** Why nobody can be found so; null: the answer was understood. */
    problem: nullable(Texts),
  },
  { ...closed, title: "ConnectorTrial" },
);
export type ConnectorTrial = Static<typeof ConnectorTrial>;

const Value = Type.Union([Type.String({ maxLength: 4_000 }), Type.Number(), Type.Boolean()]);

/** A request of a flow, to be tried: the settings of its node, and sample values for the flow's variables. */
export const RequestTrialFields = Type.Object(
  {
    /** As they stand in the document; checked by the node type. */
    config: Type.Record(Type.String(), Type.Unknown()),
    variables: Type.Array(
      Type.Object(
        {
          name: Type.String({ pattern: "^[a-z][A-Za-z0-9_]{0,63}$" }),
          type: Type.Enum(["string", "number", "boolean"]),
          value: Value,
        },
        closed,
      ),
      { maxItems: 200 },
    ),
    /** Null: as of a caller whose number is hidden. */
    callerNumber: nullable(Type.String({ maxLength: 40 })),
  },
  closed,
);
export type RequestTrialFields = Static<typeof RequestTrialFields>;

export const RequestTrial = Type.Object(
  {
    /** The output that a call would leave by. */
    result: Type.Enum(["ok", "refused", "failed", "timeout"]),
    /** The other system's; 0: it gave none. */
    status: Type.Integer({ minimum: 0 }),
    attempts: Type.Integer({ minimum: 0 }),
    tookMs: Type.Integer({ minimum: 0 }),
    /** The beginning of its answer. */
    answer: Type.String(),
    values: Type.Array(
      Type.Object(
        {
          variable: Type.String(),
          pointer: Type.String(),
          /** What stands there; null: nothing, or a list. */
          found: nullable(Value),
          /** As the variable takes it; null: it keeps what it had. */
          kept: nullable(Value),
        },
        closed,
      ),
    ),
    /** Places whose expression has no value with these samples. */
    failedPlaces: Type.Array(Type.String()),
    /** Why it is not "ok". */
    problem: nullable(Texts),
  },
  { ...closed, title: "RequestTrial" },
);
export type RequestTrial = Static<typeof RequestTrial>;

/** A secret as it is shown: never its value. */
export const Secret = Type.Object({ name: Type.String(), changedAt: IsoTime }, { ...closed, title: "Secret" });
export type Secret = Static<typeof Secret>;
const SecretName = Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_]{0,39}$" });

export const connectorRoutes = {
  "connectors.list": crud.list,
  "connectors.create": crud.create,
  "connectors.try": defineRoute({
    id: "connectors.try",
    method: "POST",
    path: "/api/connectors/try",
    roles: permissions.connectors.write,
    summary: "Asks the other system, as these settings say, and shows what was understood of its answer.",
    request: {
      body: Type.Object({ connector: ConnectorFields, key: Type.String({ minLength: 1, maxLength: 100 }) }, closed),
    },
    audited: false,
    response: ConnectorTrial,
    errors: ["scriptUrlRefused", "requestInvalid"],
  }),
  "connectors.tryRequest": defineRoute({
    id: "connectors.tryRequest",
    method: "POST",
    path: "/api/connectors/try-request",
    // It reaches other systems with the company's secrets, like trying a connector.
    roles: permissions.connectors.write,
    summary:
      "Makes the request of a node that asks another system, with sample values, and shows what a call would get.",
    request: { body: RequestTrialFields },
    audited: false,
    response: RequestTrial,
    errors: ["requestInvalid"],
  }),
  "connectors.get": crud.get,
  "connectors.change": crud.change,
  "connectors.delete": crud.delete,
  "secrets.list": defineRoute({
    id: "secrets.list",
    method: "GET",
    path: "/api/secrets",
    roles: permissions.secrets.read,
    summary: "The names of the company's secrets; their values are never shown again.",
    request: {},
    response: Type.Object({ items: Type.Array(Secret) }, closed),
    errors: [],
  }),
  "secrets.set": defineRoute({
    id: "secrets.set",
    method: "PUT",
    path: "/api/secrets/:name",
    roles: permissions.secrets.write,
    summary: "Keeps a secret under a name, sealed; one of that name is replaced.",
    request: {
      params: Type.Object({ name: SecretName }),
      body: Type.Object({ value: Type.String({ minLength: 1, maxLength: 4000 }) }, closed),
    },
    response: Secret,
    errors: [],
  }),
  "secrets.delete": defineRoute({
    id: "secrets.delete",
    method: "DELETE",
    path: "/api/secrets/:name",
    roles: permissions.secrets.write,
    summary: "Forgets a secret.",
    request: { params: Type.Object({ name: SecretName }) },
    response: null,
    errors: ["notFound", "inUse"],
  }),
} as const;
