/** Scenarios of a flow: calls told step by step, that are played before each publication. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { FlowId, Rev } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Largest list of scenarios that is read. */
const maxScenarioBytes = 1_000_000;

/** The steps themselves are checked by the scenarios' own schema, which names the place; here they are any JSON objects. */
export const FlowScenario = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 300 }),
    answers: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    startAt: Type.Optional(Type.String({ maxLength: 40 })),
    lasts: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    steps: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1, maxItems: 1_000 }),
  },
  { ...closed, title: "FlowScenario" },
);
export type FlowScenario = Static<typeof FlowScenario>;

const FlowScenarios = Type.Object(
  {
    /** Null: none were ever kept. */
    rev: nullable(Rev),
    scenarios: Type.Array(FlowScenario, { maxItems: 100 }),
  },
  { ...closed, title: "FlowScenarios" },
);
export type FlowScenarios = Static<typeof FlowScenarios>;

const params = Type.Object({ flowId: FlowId });

export const flowScenarioRoutes = {
  "flowScenarios.get": defineRoute({
    id: "flowScenarios.get",
    method: "GET",
    path: "/api/flows/:flowId/scenarios",
    roles: permissions.flows.read,
    summary: "Reads the scenarios of a flow.",
    request: { params },
    response: FlowScenarios,
    errors: ["notFound"],
  }),
  "flowScenarios.save": defineRoute({
    id: "flowScenarios.save",
    method: "PUT",
    path: "/api/flows/:flowId/scenarios",
    roles: permissions.flows.write,
    summary: "Saves all scenarios of a flow; they are played before each publication, which one that fails refuses.",
    request: { params, body: FlowScenarios },
    response: FlowScenarios,
    errors: ["notFound", "changedMeanwhile", "scenariosInvalid"],
    maxBodyBytes: maxScenarioBytes,
  }),
} as const;
