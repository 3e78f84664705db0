import type { DeskDirectory } from "@cordboard/api";
import type { Scope } from "../access/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { createDeskContacts } from "./desk-contacts.ts";
import type { Dialling } from "./dialling.ts";
import type { DiallingRulesService } from "./dialling-rules.ts";
import type { DoNotCall } from "./do-not-call.ts";

type DiallingRoute = Extract<
  keyof Handlers,
  | `${"dialling" | "doNotCall"}.${string}`
  | "calls.create"
  | `desk.${"dial" | "directory" | "contacts" | "testTelephone" | "ownTelephone"}`
>;

export function diallingHandlers(given: {
  readonly rules: DiallingRulesService;
  readonly doNotCall: DoNotCall;
  readonly dialling: Dialling;
  readonly directory: (scope: Scope) => Promise<DeskDirectory>;
  readonly contacts: ReturnType<typeof createDeskContacts>;
}): Pick<Handlers, DiallingRoute> {
  const { rules, doNotCall, dialling, directory, contacts } = given;
  return {
    "dialling.get": ({ scope }) => rules.get(scope),
    "dialling.change": ({ scope, input: { body } }) => {
      const { rev, ...fields } = body;
      return rules.change(scope, rev, fields);
    },
    "doNotCall.list": ({ scope, input: { query } }) => doNotCall.list(scope, { ...query, limit: query.limit ?? 50 }),
    "doNotCall.add": ({ scope, input: { body } }) => doNotCall.add(scope, body.numbers, body.note),
    "doNotCall.remove": async ({ scope, input }) => {
      await doNotCall.remove(scope, input.params.entryId);
      return undefined;
    },
    "calls.create": ({ scope, input: { body } }) => {
      const { operator, ...wish } = body;
      return dialling.dialFor(scope, operator, wish);
    },
    "desk.directory": ({ scope }) => directory(scope),
    "desk.contacts": ({ scope, input: { query } }) => contacts(scope, query.search),
    "desk.testTelephone": async ({ scope }) => ({ view: await dialling.testTelephone(scope) }),
    "desk.ownTelephone": async ({ scope, input }) => ({ view: await dialling.ownTelephone(scope, input.body.number) }),
    "desk.dial": async ({ scope, input }) => ({ view: (await dialling.dial(scope, input.body)).view }),
  };
}
