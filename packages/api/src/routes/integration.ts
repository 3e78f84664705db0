/** How far a company opens itself to other programs; an administrator's to say, and no key's. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Rev } from "../schemas.ts";

const closed = { additionalProperties: false } as const;

const fields = {
  /** Pages of these origins may show the operator's agent in a frame. */
  frameOrigins: Type.Array(
    Type.String({ pattern: "^https?://[^/\\s?#@,;'\"*]+$", maxLength: 200, examples: ["https://crm.example.com"] }),
    {
      maxItems: 50,
      uniqueItems: true,
    },
  ),
  /** Private hosts that webhooks, connectors and alarms may ask: a name, an address, or a range. Everything else that is private is refused. */
  privateHosts: Type.Array(Type.String({ minLength: 1, maxLength: 253, examples: ["crm.lan"] }), {
    maxItems: 50,
    uniqueItems: true,
  }),
};

export const IntegrationFields = Type.Object(fields, closed);
export type IntegrationFields = Static<typeof IntegrationFields>;
export const Integration = Type.Object(
  { ...fields, rev: Type.Integer({ minimum: 0 }) },
  { ...closed, title: "Integration" },
);
export type Integration = Static<typeof Integration>;

export const integrationRoutes = {
  "integration.get": defineRoute({
    id: "integration.get",
    scope: "none",
    method: "GET",
    path: "/api/integration",
    roles: permissions.integration.read,
    summary: "Reads how far the company is open to other programs.",
    request: {},
    response: Integration,
    errors: [],
  }),
  "integration.change": defineRoute({
    id: "integration.change",
    scope: "none",
    method: "PUT",
    path: "/api/integration",
    roles: permissions.integration.write,
    summary: "Changes how far the company is open to other programs.",
    request: { body: Type.Object({ ...fields, rev: Type.Union([Type.Literal(0), Rev]) }, closed) },
    response: Integration,
    errors: ["changedMeanwhile", "requestInvalid"],
  }),
} as const;
