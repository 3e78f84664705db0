import type { Handlers } from "../http/handlers.ts";
import { makePassword } from "../users/index.ts";
import type { OperatorFiles } from "./file/service.ts";
import type { Operators } from "./service.ts";

type OperatorRoute =
  `operators.${"list" | "get" | "create" | "change" | "delete" | "newPassword" | "tryImport" | "import"}`;

export const operatorHandlers = (operators: Operators, files: OperatorFiles): Pick<Handlers, OperatorRoute> => ({
  "operators.list": async ({ scope }) => ({ items: await operators.list(scope) }),
  "operators.get": ({ scope, input }) => operators.get(scope, input.params.operatorId),
  "operators.create": async ({ scope, input: { body } }) => {
    const newPassword = body.password === undefined ? makePassword() : null;
    const operator = await operators.create(scope, { ...body, password: body.password ?? newPassword ?? "" });
    return { ...operator, newPassword };
  },
  "operators.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return operators.change(scope, params.operatorId, rev, fields);
  },
  "operators.delete": async ({ scope, input }) => {
    await operators.remove(scope, input.params.operatorId);
    return undefined;
  },
  "operators.tryImport": ({ scope, input }) => files.tryImport(scope, input.file),
  "operators.import": ({ scope, input }) => files.import(scope, input.file, input.query.digest),
  "operators.newPassword": async ({ scope, input }) => ({
    newPassword: await operators.newPassword(scope, input.params.operatorId),
  }),
});
