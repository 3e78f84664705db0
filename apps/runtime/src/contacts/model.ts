import type { ContactFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";

/** A contact as it is stored: what people gave, and what it is found by. */
export interface ContactDocument extends Owned, ContactFields, ContactKeys {
  readonly changedAt: number;
  /** Of the code by which they prove who they are; null or absent: they have none. */
  readonly pinHash?: string | null;
}

/** What a contact is found by; follows from its fields. */
export interface ContactKeys {
  /** Names in the order of a dictionary. */
  readonly sortKey: string;
  /** Words of name, company and customer number, and the digits of the numbers. */
  readonly words: readonly string[];
  /** The beginnings of the words, as an index is asked for them. */
  readonly starts: readonly string[];
  /** The E.164 numbers: what callers are recognised by. */
  readonly callerNumbers: readonly string[];
  /** The customer number as it may be keyed. */
  readonly customerKeys: readonly string[];
  /** `<company> <system> <id>`, each once in the installation; absent where there is none, so that the index has nothing of it. */
  readonly externalKeys?: readonly string[];
  /** The same for people, in refusals. */
  readonly externalText: string;
}

export const contactDocuments = (connection: Connection) => connection.collection<ContactDocument>("contacts");

/** Contacts are thousands and nothing is kept of them in memory: their changes are told nobody but the audit log. */
export const contactCollection = (connection: Connection) =>
  ownedCollection<ContactDocument>(connection, {
    name: "contacts",
    resource: "contacts",
    singular: "contact",
    unique: "externalText",
    uniqueName: "externalIds",
    sortBy: "sortKey",
  });

/** Creates the indexes; safe to call at each start. Each gives the order of the list, or answers one way to recognise a caller. */
export async function prepareContacts(connection: Connection): Promise<void> {
  const contacts = contactDocuments(connection);
  const byName = { sortKey: 1, _id: 1 } as const;
  await contacts.createIndex({ companyId: 1, ...byName });
  await contacts.createIndex({ companyId: 1, starts: 1, ...byName });
  await contacts.createIndex({ companyId: 1, callerNumbers: 1 });
  await contacts.createIndex({ companyId: 1, customerKeys: 1 });
  await contacts.createIndex({ externalKeys: 1 }, { unique: true, sparse: true });
  for (const flag of ["blocked", "vip"]) {
    const partialFilterExpression = { [flag]: true };
    await contacts.createIndex({ companyId: 1, [flag]: 1, ...byName }, { partialFilterExpression });
  }
}
