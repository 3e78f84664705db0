import type { Handlers } from "../http/handlers.ts";
import type { Templates } from "./service.ts";

type TemplateRoute = Extract<keyof Handlers, `templates.${string}`>;

export const templateHandlers = (templates: Templates): Pick<Handlers, TemplateRoute> => ({
  "templates.list": async ({ scope }) => ({ items: await templates.list(scope) }),
  "templates.get": ({ scope, input }) => templates.get(scope, input.params.templateId),
  "templates.adopt": ({ scope, input: { params, body } }) => templates.adopt(scope, params.templateId, body),
});
