import type { Handlers } from "../http/handlers.ts";
import type { Lines } from "./service.ts";

type LineRoute = `lines.${"list" | "get" | "create" | "change" | "delete"}`;

export const lineHandlers = (lines: Lines): Pick<Handlers, LineRoute> => ({
  "lines.list": async ({ scope }) => ({ items: await lines.list(scope) }),
  "lines.get": ({ scope, input }) => lines.get(scope, input.params.lineId),
  "lines.create": ({ scope, input }) => lines.create(scope, input.body),
  "lines.change": ({ scope, input: { params, body } }) => {
    const { rev, numberText: _, ...fields } = body;
    return lines.change(scope, params.lineId, rev, fields);
  },
  "lines.delete": async ({ scope, input }) => {
    await lines.remove(scope, input.params.lineId);
    return undefined;
  },
});
