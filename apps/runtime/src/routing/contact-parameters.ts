import type { ContactFacts } from "@cordboard/node-kit";

/**
 * What scripts can name of who calls: `contact.name`, `contact.id`, `contact.fields.contract`, `contact.external.crm` of the one, and of
 * several `contacts.ids` and `contacts.customerNumbers`, with commas, for a list of files.
 */
export function contactParameters(contacts: readonly ContactFacts[]): Readonly<Record<string, string>> {
  const [contact, another] = contacts;
  const list = {
    "contacts.count": String(contacts.length),
    "contacts.ids": contacts.map(({ contactId }) => contactId).join(","),
    "contacts.customerNumbers": contacts.flatMap(({ customerNumber }) => customerNumber || []).join(","),
  };
  if (contact === undefined || another !== undefined) return list;
  const own = Object.entries(contact.fields).map(([key, value]) => [`contact.fields.${key}`, String(value)]);
  const external = Object.entries(contact.externalIds).map(([system, id]) => [`contact.external.${system}`, id]);
  return {
    ...list,
    "contact.id": contact.contactId,
    "contact.name": contact.name,
    "contact.company": contact.company,
    "contact.language": contact.language,
    "contact.customerNumber": contact.customerNumber,
    "contact.vip": String(contact.vip),
    ...Object.fromEntries([...own, ...external]),
  };
}
