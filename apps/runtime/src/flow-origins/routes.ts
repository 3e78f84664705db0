import type { Handlers } from "../http/handlers.ts";
import type { FlowOrigins } from "./service.ts";

type OriginRoute = Extract<keyof Handlers, `flowOrigins.${string}`>;

export const flowOriginHandlers = (origins: FlowOrigins): Pick<Handlers, OriginRoute> => ({
  "flowOrigins.get": ({ scope, input }) => origins.get(scope, input.params.flowId),
  "flowOrigins.save": ({ scope, input: { params, body } }) => origins.save(scope, params.flowId, body.rev, body.origin),
});
