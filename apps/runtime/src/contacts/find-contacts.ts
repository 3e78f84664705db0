import type { Connection } from "mongoose";
import { dialledForms, telephoneNumber } from "../companies/index.ts";
import { customerKeysOf } from "./contact-keys.ts";
import { type ContactDocument, contactDocuments } from "./model.ts";

/** More are not told apart: whoever has so many contacts has a choice to make anyway. */
const MOST_FOUND = 10;

export interface FoundContacts {
  /** At most `MOST_FOUND`, by name. */
  readonly contacts: readonly ContactDocument[];
  /** How many there are; `MOST_FOUND + 1` stands for more. */
  readonly matches: number;
}

const NOTHING: FoundContacts = { contacts: [], matches: 0 };

/** The E.164 forms in which a caller's number may be kept; none for an extension, a short number, or what is no number. */
export function callerForms(received: string, country: string): readonly string[] {
  const read = telephoneNumber(received.replace(/^sips?:/, "").replace(/[@;].*$/, ""), country);
  if (read !== null && !read.startsWith("+")) return [];
  return dialledForms(received, country).filter((form) => /^\+[1-9]\d{5,14}$/.test(form));
}

/**
 * Recognises contacts: by a caller's number (never given for a hidden one), or by a customer number as it was keyed. Answered from an
 * index, whatever the number of contacts.
 */
export function createContactFinder(connection: Connection) {
  const documents = contactDocuments(connection);
  const first = async (filter: object): Promise<FoundContacts> => {
    const found = await documents
      .find(filter)
      .limit(MOST_FOUND + 1)
      .toArray();
    const byName = [...found].sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0));
    return { contacts: byName.slice(0, MOST_FOUND), matches: found.length };
  };
  return {
    async byNumber(companyId: string, received: string, country: string): Promise<FoundContacts> {
      const forms = callerForms(received, country);
      return forms.length === 0 ? NOTHING : first({ companyId, callerNumbers: { $in: forms } });
    },
    async byCustomerNumber(companyId: string, keyed: string): Promise<FoundContacts> {
      const [key] = customerKeysOf(keyed);
      return key === undefined ? NOTHING : first({ companyId, customerKeys: key });
    },
    async these(companyId: string, ids: readonly string[]): Promise<readonly ContactDocument[]> {
      return ids.length === 0 ? [] : documents.find({ companyId, _id: { $in: [...ids] } }).toArray();
    },
  };
}

export type ContactFinder = ReturnType<typeof createContactFinder>;
