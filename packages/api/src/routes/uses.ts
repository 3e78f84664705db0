/** Where things of the company are used, and what flows say and set, searched by words. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { FlowId } from "../schemas.ts";

const closed = { additionalProperties: false } as const;

/** What can be used by something else. */
const usedKinds = [
  ...(["flow", "queue", "prompt", "schedule", "script", "telephone", "operator"] as const),
  ...(["voicemailBox", "connector", "secret", "skill"] as const),
] as const;

const UsingNode = Type.Object(
  {
    nodeId: Type.String(),
    /** As its author called it; empty: not at all. */
    name: Type.String(),
    type: Type.String(),
  },
  closed,
);

export const Use = Type.Object(
  {
    kind: Type.Enum([
      ...(["flow", "queue", "line", "connector", "company", "operator", "voicemailBox", "messages"] as const),
      ...(["callbacks", "liveCalls", "alarms", "dialling"] as const),
    ]),
    id: Type.String(),
    name: Type.String(),
    /** Only in what is not published yet. */
    draft: Type.Boolean(),
    /** Of a flow: the nodes that use it. */
    nodes: Type.Array(UsingNode),
  },
  { ...closed, title: "Use" },
);
export type Use = Static<typeof Use>;
export type UsedKind = (typeof usedKinds)[number];

export const FlowHit = Type.Object(
  {
    /** The node whose setting it is; null: it belongs to the flow, to a prompt or a variable. */
    nodeId: Type.Union([Type.String(), Type.Null()]),
    nodeName: Type.String(),
    nodeType: Type.String(),
    /** What stands there: a text, an expression, the name of a queue… */
    holds: Type.String(),
    text: Type.String(),
    /** Where it stands: in what is in service, in the draft, or in both. */
    where: Type.Enum(["published", "draft", "both"]),
  },
  { ...closed, title: "FlowHit" },
);
export type FlowHit = Static<typeof FlowHit>;

export const FoundFlow = Type.Object(
  { flowId: FlowId, name: Type.String(), hits: Type.Array(FlowHit), more: Type.Integer({ minimum: 0 }) },
  { ...closed, title: "FoundFlow" },
);
export type FoundFlow = Static<typeof FoundFlow>;

export const useRoutes = {
  "uses.list": defineRoute({
    id: "uses.list",
    scope: "flows:read",
    method: "GET",
    path: "/api/uses",
    roles: permissions.flows.read,
    summary:
      "Lists where a thing of the company is used: flows with their nodes, lines, queues and what else there is.",
    request: {
      query: Type.Object(
        { kind: Type.Enum([...usedKinds]), id: Type.String({ minLength: 1, maxLength: 128 }) },
        closed,
      ),
    },
    response: Type.Object({ items: Type.Array(Use) }, closed),
    errors: [],
  }),
  "uses.search": defineRoute({
    id: "uses.search",
    scope: "flows:read",
    method: "GET",
    path: "/api/uses/search",
    roles: permissions.flows.read,
    summary:
      "Searches what flows say and set, in service and as drafts, by words; capitals and accents make no difference.",
    request: { query: Type.Object({ words: Type.String({ minLength: 1, maxLength: 100 }) }, closed) },
    response: Type.Object({ items: Type.Array(FoundFlow) }, closed),
    errors: [],
  }),
} as const;
