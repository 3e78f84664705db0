import type { Handlers } from "../http/handlers.ts";
import type { IntegrationSettings } from "./service.ts";

export { createIntegration, type IntegrationSettings } from "./service.ts";

export const integrationHandlers = (
  integration: IntegrationSettings,
): Pick<Handlers, "integration.get" | "integration.change"> => ({
  "integration.get": ({ scope }) => integration.get(scope),
  "integration.change": ({ scope, input: { body } }) => {
    const { rev, ...fields } = body;
    return integration.change(scope, rev, fields);
  },
});
