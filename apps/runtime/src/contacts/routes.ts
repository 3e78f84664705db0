import type { Handlers } from "../http/handlers.ts";
import type { ContactFiles } from "./file/service.ts";
import type { Contacts } from "./service.ts";

type ContactRoute = Extract<keyof Handlers, `contacts.${string}`>;

export const contactHandlers = (contacts: Contacts, files: ContactFiles): Pick<Handlers, ContactRoute> => ({
  "contacts.list": ({ scope, input }) => contacts.list(scope, input.query),
  "contacts.get": ({ scope, input }) => contacts.get(scope, input.params.contactId),
  "contacts.create": ({ scope, input }) => contacts.create(scope, input.body),
  "contacts.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return contacts.change(scope, params.contactId, rev, fields);
  },
  "contacts.setPin": ({ scope, input: { params, body } }) => contacts.setPin(scope, params.contactId, body.pin),
  "contacts.delete": async ({ scope, input }) => {
    await contacts.remove(scope, input.params.contactId);
    return undefined;
  },
  "contacts.readFile": ({ scope, input }) => files.read(scope, input.file),
  "contacts.tryImport": ({ scope, input }) => files.tryImport(scope, input.file, input.query.plan),
  "contacts.import": ({ scope, input }) => files.import(scope, input.file, input.query.plan),
  "contacts.export": ({ scope, language }) => files.export(scope, language),
});
