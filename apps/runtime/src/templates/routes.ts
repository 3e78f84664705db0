import type { Handlers } from "../http/handlers.ts";
import type { Templates } from "./service.ts";

type TemplateRoute = Extract<keyof Handlers, `templates.${string}`>;

export const templateHandlers = (templates: Templates): Pick<Handlers, TemplateRoute> => ({
  "templates.list": async ({ scope, language }) => ({ items: await templates.list(scope, language) }),
  "templates.get": ({ scope, input, language }) => templates.get(scope, input.params.templateId, language),
  "templates.adopt": ({ scope, input: { params, body }, language }) =>
    templates.adopt(scope, params.templateId, body, language),
});
