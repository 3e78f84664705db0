/** The audit log: every administrative change, who made it, when, and what became of what. Nobody can change it. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions, resources } from "../roles.ts";
import { Id, IsoTime, Name, ScreenLanguage } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** What a thing was; secrets are never in it, and what is long (a flow's document) is told by its hash. */
const Values = nullable(Type.Record(Type.String(), Type.Unknown()));

export const AuditEntry = Type.Object(
  {
    auditId: Id,
    at: IsoTime,
    /**
     * The name is what they were called then. `commandLine`: somebody on the server's own machine; `apiKey`: a program, with the key that
     * `apiKeyId` names; `identityProvider`: what followed from somebody's signing in by it, and whom it said they are.
     */
    by: Type.Object(
      {
        kind: Type.Enum(["user", "commandLine", "apiKey", "identityProvider"]),
        userId: nullable(Id),
        name: nullable(Name),
        apiKeyId: Type.Optional(Id),
      },
      closed,
    ),
    address: nullable(Type.String()),
    /** The route that was called, such as `queues.change`. */
    action: Type.String(),
    resource: Type.Enum([...resources]),
    targetId: nullable(Type.String()),
    targetName: nullable(Type.String()),
    /** Before and after; of a change only the members that differ. */
    before: Values,
    after: Values,
    /** How each telephone number in it is written in the company's country. */
    numberTexts: Type.Record(Type.String(), Type.String()),
    /** What the things are called today whose ids are in it; of what is gone there is nothing. */
    names: Type.Record(Type.String(), Type.String()),
  },
  { ...closed, title: "AuditEntry" },
);
export type AuditEntry = Static<typeof AuditEntry>;

const narrowed = {
  resource: Type.Optional(Type.Enum([...resources])),
  userId: Type.Optional(Id),
  targetId: Type.Optional(Type.String({ maxLength: 64 })),
  from: Type.Optional(IsoTime),
  until: Type.Optional(IsoTime),
};

export const auditRoutes = {
  "audit.list": defineRoute({
    id: "audit.list",
    method: "GET",
    path: "/api/audit",
    roles: permissions.audit.read,
    summary: "Lists administrative changes, the newest first.",
    request: {
      query: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          /** `next` of the page before. */
          before: Type.Optional(Type.String({ pattern: "^\\d{1,15}-[a-z]{2,8}_[0-9a-f]{32}$" })),
          ...narrowed,
        },
        closed,
      ),
    },
    response: Type.Object({ items: Type.Array(AuditEntry), next: nullable(Type.String()) }, closed),
    errors: [],
  }),
  "audit.export": defineRoute({
    id: "audit.export",
    method: "GET",
    path: "/api/audit/export",
    roles: permissions.audit.read,
    summary: "Administrative changes as a CSV file, the newest first. What is given narrows it as it does the list.",
    request: {
      query: Type.Object(
        {
          ...narrowed,
          /** Of the headings, and how numbers and cells are parted; absent: the reader's. */
          language: Type.Optional(ScreenLanguage),
        },
        closed,
      ),
    },
    response: "csv",
    errors: [],
  }),
} as const;
