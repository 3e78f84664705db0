import type { Handlers } from "../http/handlers.ts";
import type { FlowFigures } from "./service.ts";

export const flowFigureHandlers = (
  figures: FlowFigures,
): Pick<Handlers, "flows.live" | "flows.history" | "flows.outcomes"> => ({
  "flows.live": ({ scope, input }) => figures.live(scope, input.params.flowId),
  "flows.history": ({ scope, input: { params, query } }) => figures.history(scope, params.flowId, query),
  "flows.outcomes": ({ scope, input: { params, query } }) => figures.outcomes(scope, params.flowId, query),
});
