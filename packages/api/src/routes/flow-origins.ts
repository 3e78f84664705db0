/** Where a flow came from: what was taken over last from another installation, or from a template. What comes later is merged with it as their common ground. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { FlowId, IsoTime, Rev } from "../schemas.ts";
import { FlowScenario } from "./flow-scenarios.ts";
import { maxFlowBytes } from "./flows.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Title = Type.String({ minLength: 1, maxLength: 200 });

export const FlowOrigin = Type.Object(
  {
    kind: Type.Enum(["import", "template"]),
    /** The company it came from, or the template's name. */
    from: Title,
    /** Of a template. */
    templateId: nullable(FlowId),
    /** Of a template: the answers that it was adopted with. */
    values: Type.Record(Type.String(), Type.Unknown()),
    /** As it was taken over, in the words of this installation. */
    document: Type.Record(Type.String(), Type.Unknown()),
    scenarios: Type.Array(FlowScenario, { maxItems: 100 }),
    /** By kind, what ids of there are called here: what was once chosen need not be chosen again. */
    mapped: Type.Record(Type.String({ maxLength: 40 }), Type.Record(Type.String(), Type.String({ maxLength: 200 }))),
  },
  { ...closed, title: "FlowOrigin" },
);
export type FlowOrigin = Static<typeof FlowOrigin>;

const Kept = Type.Object(
  {
    /** Null: it was drawn here. */
    rev: nullable(Rev),
    takenAt: nullable(IsoTime),
    origin: nullable(FlowOrigin),
  },
  closed,
);
export type KeptOrigin = Static<typeof Kept>;

const params = Type.Object({ flowId: FlowId });

export const flowOriginRoutes = {
  "flowOrigins.get": defineRoute({
    id: "flowOrigins.get",
    method: "GET",
    path: "/api/flows/:flowId/origin",
    roles: permissions.flows.read,
    summary: "Reads where a flow came from: what was taken over last from elsewhere.",
    request: { params },
    response: Kept,
    errors: ["notFound"],
  }),
  "flowOrigins.save": defineRoute({
    id: "flowOrigins.save",
    method: "PUT",
    path: "/api/flows/:flowId/origin",
    roles: permissions.flows.write,
    summary: "Says where a flow came from, after what came was saved as its draft.",
    request: { params, body: Type.Object({ rev: nullable(Rev), origin: FlowOrigin }, closed) },
    response: Kept,
    errors: ["notFound", "changedMeanwhile"],
    maxBodyBytes: 2 * maxFlowBytes,
  }),
} as const;
