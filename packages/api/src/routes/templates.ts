/** Templates: flows that ship with the product and ask a few questions before they become a company's own. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { FlowId, LanguageTag, Name } from "../schemas.ts";
import { DraftSaved } from "./flows.ts";

const closed = { additionalProperties: false } as const;

export const FlowTemplate = Type.Object(
  {
    templateId: FlowId,
    name: Name,
    languages: Type.Array(LanguageTag),
    nodeCount: Type.Integer({ minimum: 1 }),
    /** A JSON Schema of an object: what is asked at adoption. `format` of a member names what is chosen (queue, script, schedule …). */
    parameters: Type.Record(Type.String(), Type.Unknown()),
  },
  { ...closed, title: "FlowTemplate" },
);
export type FlowTemplate = Static<typeof FlowTemplate>;

const templateParams = Type.Object({ templateId: FlowId });

export const templateRoutes = {
  "templates.list": defineRoute({
    id: "templates.list",
    scope: "flows:read",
    method: "GET",
    path: "/api/templates",
    roles: permissions.flows.read,
    summary: "Lists the flow templates.",
    request: {},
    response: Type.Object({ items: Type.Array(FlowTemplate) }, closed),
    errors: [],
  }),
  "templates.get": defineRoute({
    id: "templates.get",
    scope: "flows:read",
    method: "GET",
    path: "/api/templates/:templateId",
    roles: permissions.flows.read,
    summary: "Reads a template with its document.",
    request: { params: templateParams },
    response: Type.Object({ ...FlowTemplate.properties, document: Type.Record(Type.String(), Type.Unknown()) }, closed),
    errors: ["notFound"],
  }),
  "templates.adopt": defineRoute({
    id: "templates.adopt",
    scope: "flows:write",
    method: "POST",
    path: "/api/templates/:templateId/adopt",
    roles: permissions.flows.write,
    summary:
      "Makes a flow of the company's own from a template and the answers to its questions; it begins as a draft.",
    request: {
      params: templateParams,
      body: Type.Object(
        {
          name: Name,
          /** Left out: made from the name. */
          flowId: Type.Optional(FlowId),
          values: Type.Record(Type.String(), Type.Unknown()),
        },
        closed,
      ),
    },
    response: DraftSaved,
    errors: ["notFound", "alreadyExists", "templateAnswersInvalid"],
  }),
} as const;
