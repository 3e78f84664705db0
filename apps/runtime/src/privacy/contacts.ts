import type { Connection } from "mongoose";
import { type ContactDocument, contactDocuments } from "../contacts/index.ts";
import type { Holder } from "./holder.ts";
import { isOf, type Person } from "./person.ts";

/** The contacts with a person's number: erased whole, because all of one is about whom it names. */
export function contactsHolder(connection: Connection): Holder {
  const contacts = contactDocuments(connection);

  async function found(person: Person): Promise<ContactDocument[]> {
    const { companyId, number } = person;
    const written = [...person.forms].map((form) => form.slice(-4));
    const all = await contacts
      .find({ companyId, $or: [{ callerNumbers: number }, { starts: { $in: [...person.forms, ...written] } }] })
      .toArray();
    return all.filter(({ numbers }) => numbers.some((one) => isOf(person, one)));
  }

  return {
    what: "contacts",
    count: async (person) => (await found(person)).length,
    underWay: async () => 0,
    export: async (person) =>
      (await found(person)).map(
        ({ _id, companyId, rev, sortKey, words, starts, callerNumbers, customerKeys, externalKeys, ...contact }) => ({
          contactId: _id,
          ...contact,
          changedAt: new Date(contact.changedAt).toISOString(),
        }),
      ),
    async erase(person) {
      const ids = (await found(person)).map(({ _id }) => _id);
      if (ids.length > 0) await contacts.deleteMany({ _id: { $in: ids }, companyId: person.companyId });
      return ids.length;
    },
  };
}
