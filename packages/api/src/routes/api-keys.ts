/** Keys with which programs call the interface: what each may do, how often, until when. Its secret is shown once. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions, userRoles } from "../roles.ts";
import { Id, IsoTime, Name, Rev } from "../schemas.ts";
import { keyScopes } from "../scopes.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

const KeyScopes = Type.Array(Type.Enum([...keyScopes]), { minItems: 1, uniqueItems: true });

const fields = {
  name: Name,
  scopes: KeyScopes,
  /** How many requests it may send in a minute; they may come all at once. */
  requestsPerMinute: Type.Integer({ minimum: 10, maximum: 60_000, default: 600 }),
  /** From then on it is refused. */
  expiresAt: nullable(IsoTime),
  /** Switched off it is refused, and can be switched on again. */
  enabled: Type.Boolean({ default: true }),
};

export const ApiKeyFields = Type.Object(fields, closed);
export type ApiKeyFields = Static<typeof ApiKeyFields>;

export const ApiKey = Type.Object(
  {
    apiKeyId: Id,
    rev: Rev,
    ...fields,
    createdAt: IsoTime,
    /** Who made it, as they were called then. */
    createdBy: nullable(Name),
    /** To the minute; null: never yet. */
    lastUsedAt: nullable(IsoTime),
    lastUsedFrom: nullable(Type.String()),
  },
  { ...closed, title: "ApiKey" },
);
export type ApiKey = Static<typeof ApiKey>;

/** What a program sends as `Authorization: Bearer …`. */
const Token = Type.String({ examples: ["key_0123456789abcdef0123456789abcdef_…"] });

const crud = crudRoutes({
  name: "apiKeys",
  resource: "apiKeys",
  path: "/api/api-keys",
  key: "apiKeyId",
  id: Id,
  item: ApiKey,
  fields: ApiKeyFields,
  singular: "API key",
  plural: "API keys",
  errors: ["alreadyExists"],
});

export const apiKeyRoutes = {
  "apiKeys.list": crud.list,
  "apiKeys.get": crud.get,
  "apiKeys.create": {
    ...crud.create,
    summary: "Creates an API key; its token is shown in the answer this once.",
    response: Type.Object({ ...ApiKey.properties, token: Token }, { ...closed, title: "NewApiKey" }),
  },
  "apiKeys.change": crud.change,
  "apiKeys.delete": { ...crud.delete, summary: "Revokes an API key for good." },
  "apiKeys.newToken": defineRoute({
    id: "apiKeys.newToken",
    method: "POST",
    path: "/api/api-keys/:apiKeyId/token",
    roles: permissions.apiKeys.write,
    summary: "Gives the key a new token, shown in the answer this once; the old one is refused from now on.",
    request: { params: Type.Object({ apiKeyId: Id }) },
    response: Type.Object({ token: Token }, closed),
    errors: ["notFound"],
  }),
  "apiKeys.self": defineRoute({
    id: "apiKeys.self",
    method: "GET",
    path: "/api/api-key",
    roles: userRoles,
    scope: "any",
    summary: "Says which API key was sent, of which company, and what it may do: a trial for a new connection.",
    request: {},
    response: Type.Object(
      {
        company: Type.Object({ companyId: Id, code: Type.String(), name: Name }, closed),
        /** Null: no key was sent, but somebody's session. */
        key: nullable(
          Type.Object(
            { apiKeyId: Id, name: Name, scopes: KeyScopes, expiresAt: nullable(IsoTime) },
            { ...closed, title: "OwnApiKey" },
          ),
        ),
      },
      closed,
    ),
    errors: [],
  }),
} as const;
