import type { Handlers } from "../http/handlers.ts";
import type { Privacy } from "./service.ts";

export const privacyHandlers = (
  privacy: Privacy,
): Pick<Handlers, Extract<keyof Handlers, `personalData.${string}`>> => ({
  "personalData.find": ({ scope, input }) => privacy.find(scope, input.body.number),
  "personalData.export": ({ scope, input }) => privacy.export(scope, input.body.number),
  "personalData.erase": ({ scope, input }) => privacy.erase(scope, input.body.number),
});
