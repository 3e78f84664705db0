import type { Handlers } from "../http/handlers.ts";
import type { FlowRequests } from "./service.ts";

export const flowRequestHandlers = (requests: FlowRequests): Pick<Handlers, "connectors.tryRequest"> => ({
  "connectors.tryRequest": ({ scope, input }) => requests.try(scope, input.body),
});
