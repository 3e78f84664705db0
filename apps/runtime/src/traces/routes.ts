import type { Handlers } from "../http/handlers.ts";
import type { Traces } from "./service.ts";

export const traceHandlers = (traces: Traces): Pick<Handlers, "calls.trace"> => ({
  "calls.trace": ({ scope, input }) => traces.trace(scope, input.params.callId),
});
