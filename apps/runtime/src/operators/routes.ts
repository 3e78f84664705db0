import type { Handlers } from "../http/handlers.ts";
import type { Operators } from "./service.ts";

type OperatorRoute = `operators.${"list" | "get" | "create" | "change" | "delete"}`;

export const operatorHandlers = (operators: Operators): Pick<Handlers, OperatorRoute> => ({
  "operators.list": async ({ scope }) => ({ items: await operators.list(scope) }),
  "operators.get": ({ scope, input }) => operators.get(scope, input.params.operatorId),
  "operators.create": ({ scope, input }) => operators.create(scope, input.body),
  "operators.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return operators.change(scope, params.operatorId, rev, fields);
  },
  "operators.delete": async ({ scope, input }) => {
    await operators.remove(scope, input.params.operatorId);
    return undefined;
  },
});
