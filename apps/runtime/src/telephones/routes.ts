import type { Handlers } from "../http/handlers.ts";
import type { Telephones } from "./service.ts";

type TelephoneRoute = `telephones.${"list" | "get" | "create" | "change" | "delete"}`;

export const telephoneHandlers = (telephones: Telephones): Pick<Handlers, TelephoneRoute> => ({
  "telephones.list": async ({ scope }) => ({ items: await telephones.list(scope) }),
  "telephones.get": ({ scope, input }) => telephones.get(scope, input.params.telephoneId),
  "telephones.create": ({ scope, input }) => telephones.create(scope, input.body),
  "telephones.change": ({ scope, input: { params, body } }) => {
    const { rev, targetText: _, ownerId: __, ...fields } = body;
    return telephones.change(scope, params.telephoneId, rev, fields);
  },
  "telephones.delete": async ({ scope, input }) => {
    await telephones.remove(scope, input.params.telephoneId);
    return undefined;
  },
});
