import type { Company } from "@cordboard/api";
import type { ContactFacts, FoundContacts } from "@cordboard/node-kit";
import type { FoundContacts as Stored } from "./find-contacts.ts";
import type { ContactDocument } from "./model.ts";

/** The company's own contacts, among the sources of contacts. */
export const OWN_CONTACTS = "contacts";

const EMPTY = { text: "", number: 0, yesNo: false, date: "" } as const;

/** What flows and scripts know of a contact. Every own field of the company is there, so that no expression fails for one that is empty. */
function contactFacts(
  contact: ContactDocument,
  { contactFields }: Pick<Company, "contactFields">,
  lastOperatorId: string,
): ContactFacts {
  return {
    contactId: contact._id,
    name: contact.name,
    company: contact.company,
    language: contact.language ?? "",
    customerNumber: contact.customerNumber,
    vip: contact.vip,
    blocked: contact.blocked,
    preferredOperatorId: contact.preferredOperatorId ?? "",
    lastOperatorId,
    fields: Object.fromEntries(contactFields.map(({ key, type }) => [key, contact.fields[key] ?? EMPTY[type]])),
    externalIds: Object.fromEntries(contact.externalIds.map(({ system, id }) => [system, id])),
  };
}

/** What a search among the company's contacts came to. One that is blocked counts, whoever else has the number. */
export function foundAmong(
  { contacts, matches }: Stored,
  company: Pick<Company, "contactFields">,
  lastOperatorId: string,
): FoundContacts {
  const blocked = contacts.some((contact) => contact.blocked);
  const result = matches === 0 ? "none" : blocked ? "blocked" : matches === 1 ? "found" : "several";
  const facts = contacts.map((contact) => contactFacts(contact, company, matches === 1 ? lastOperatorId : ""));
  return { source: OWN_CONTACTS, result, matches, contacts: facts };
}
