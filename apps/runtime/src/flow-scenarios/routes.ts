import type { Handlers } from "../http/handlers.ts";
import type { FlowScenarioService } from "./service.ts";

type ScenarioRoute = Extract<keyof Handlers, `flowScenarios.${string}`>;

export const flowScenarioHandlers = (scenarios: FlowScenarioService): Pick<Handlers, ScenarioRoute> => ({
  "flowScenarios.get": ({ scope, input }) => scenarios.get(scope, input.params.flowId),
  "flowScenarios.save": ({ scope, input: { params, body } }) => scenarios.save(scope, params.flowId, body),
});
