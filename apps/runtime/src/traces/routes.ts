import type { Handlers } from "../http/handlers.ts";
import type { Traces } from "./service.ts";

export const traceHandlers = (traces: Traces): Pick<Handlers, "calls.list" | "calls.get" | "calls.trace"> => ({
  "calls.list": ({ scope, input: { query } }) => {
    const { limit = 50, alive, before } = query;
    return traces.list(scope, { limit, alive, before });
  },
  "calls.get": ({ scope, input }) => traces.get(scope, input.params.callId),
  "calls.trace": ({ scope, input }) => traces.trace(scope, input.params.callId),
});
