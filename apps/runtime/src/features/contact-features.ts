import { systemScope } from "../access/index.ts";
import {
  contactHandlers,
  createContactFiles,
  createContactFinder,
  createContactLookUp,
  createContacts,
  prepareContacts,
} from "../contacts/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import type { GroupGiven } from "./other-features.ts";

/** Who callers are: the company's contacts, and who is known where they are not. */
export function createContactFeatures(given: GroupGiven, { companies, passwords }: AccountFeatures) {
  const { connection, bus, clock, makeId, others } = given;
  const base = { connection, bus, clock, makeId };
  const contacts = createContacts({
    ...base,
    companies,
    hash: (code) => passwords.hash(code),
    operatorsExist: (scope, ids) => others().operators.exist(scope, ids),
  });
  const contactFinder = createContactFinder(connection);
  const contactFiles = createContactFiles({
    ...base,
    companies,
    operators: (companyId) => others().operators.list(systemScope(companyId)),
    pins: { hash: (pin) => passwords.hash(pin), verify: (hash, pin) => passwords.verify(hash, pin) },
  });
  const contactLookUp = createContactLookUp({
    finder: contactFinder,
    companyOf: async (companyId) => (await others().directories.of(companyId)).company,
    lastOperator: (companyId, numbers) => others().callRecords.lastOperatorOf(companyId, numbers),
    connector: (...asked) => others().connectors.lookUp(...asked),
  });

  return {
    contacts,
    contactFinder,
    contactLookUp,
    handlers: contactHandlers(contacts, contactFiles),
    prepare: () => prepareContacts(connection),
  };
}

export type ContactFeatures = ReturnType<typeof createContactFeatures>;
