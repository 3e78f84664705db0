import type { Handlers } from "../http/handlers.ts";
import type { Secrets } from "./service.ts";

type SecretRoute = Extract<keyof Handlers, `secrets.${string}`>;

export const secretHandlers = (secrets: Secrets): Pick<Handlers, SecretRoute> => ({
  "secrets.list": async ({ scope }) => ({ items: await secrets.list(scope) }),
  "secrets.set": ({ scope, input }) => secrets.set(scope, input.params.name, input.body.value),
  "secrets.delete": async ({ scope, input }) => {
    await secrets.remove(scope, input.params.name);
    return undefined;
  },
});
