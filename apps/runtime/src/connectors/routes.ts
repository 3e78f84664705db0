import type { Handlers } from "../http/handlers.ts";
import type { Connectors } from "./service.ts";

type ConnectorRoute = Exclude<Extract<keyof Handlers, `connectors.${string}`>, "connectors.tryRequest">;

export const connectorHandlers = (connectors: Connectors): Pick<Handlers, ConnectorRoute> => ({
  "connectors.list": async ({ scope }) => ({ items: await connectors.list(scope) }),
  "connectors.get": ({ scope, input }) => connectors.get(scope, input.params.connectorId),
  "connectors.create": ({ scope, input }) => connectors.create(scope, input.body),
  "connectors.try": ({ scope, input }) => connectors.try(scope, input.body.connector, input.body.key),
  "connectors.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return connectors.change(scope, params.connectorId, rev, fields);
  },
  "connectors.delete": async ({ scope, input }) => {
    await connectors.remove(scope, input.params.connectorId);
    return undefined;
  },
});
