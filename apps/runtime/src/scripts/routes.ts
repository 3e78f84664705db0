import type { Handlers } from "../http/handlers.ts";
import type { Scripts } from "./service.ts";

type ScriptRoute = `scripts.${"list" | "get" | "create" | "change" | "delete"}`;

export const scriptHandlers = (scripts: Scripts): Pick<Handlers, ScriptRoute> => ({
  "scripts.list": async ({ scope }) => ({ items: await scripts.list(scope) }),
  "scripts.get": ({ scope, input }) => scripts.get(scope, input.params.scriptId),
  "scripts.create": ({ scope, input }) => scripts.create(scope, input.body),
  "scripts.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return scripts.change(scope, params.scriptId, rev, fields);
  },
  "scripts.delete": async ({ scope, input }) => {
    await scripts.remove(scope, input.params.scriptId);
    return undefined;
  },
});
