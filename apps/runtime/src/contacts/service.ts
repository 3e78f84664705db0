import type { Contact, ContactFields, InputOf, Routes } from "@cordboard/api";
import { getCountryCallingCode, isSupportedCountry } from "libphonenumber-js";
import type { Filter } from "mongodb";
import type { Connection } from "mongoose";
import { demand, type Scope, systemScope } from "../access/index.ts";
import { type Companies, numberText } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import { checkContact } from "./check-contact.ts";
import { contactKeys, externalKey, folded, wordsAsked } from "./contact-keys.ts";
import { type ContactDocument, contactCollection, contactDocuments } from "./model.ts";
import { isWeakPin } from "./weak-pin.ts";

export interface ContactsGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly companies: Pick<Companies, "get">;
  readonly hash: (code: string) => Promise<string>;
  readonly operatorsExist: (scope: Scope, ids: readonly string[]) => Promise<boolean>;
}

type Query = InputOf<Routes["contacts.list"]>["query"];

/** Contacts as people see and edit them; `find-contacts.ts` recognises callers by them. */
export function createContacts(given: ContactsGiven) {
  const { connection, clock, makeId, companies } = given;
  const collection = contactCollection(connection);
  const documents = contactDocuments(connection);
  const companyOf = ({ companyId }: Scope) => companies.get(systemScope(companyId));

  async function stored(scope: Scope, fields: ContactFields, before: ContactDocument | null) {
    const checked = checkContact(fields, await companyOf(scope));
    if (!checked.ok) {
      if (checked.number !== null) throw new UserError("numberInvalid", { number: checked.number });
      throw new UserError("requestInvalid", { where: `/body${checked.where}`, problem: checked.problem });
    }
    const { preferredOperatorId } = checked.fields;
    // One who has left since is nobody's fault: only a new choice is checked.
    if (preferredOperatorId !== null && preferredOperatorId !== before?.preferredOperatorId) {
      const known = await given.operatorsExist(systemScope(scope.companyId), [preferredOperatorId]);
      if (!known) throw new UserError("notFound", { what: "operator" });
    }
    return { ...checked.fields, ...contactKeys(scope.companyId, checked.fields), changedAt: clock.now() };
  }

  async function page(scope: Scope, country: string, query: Query, limit: number): Promise<ContactDocument[]> {
    const { before, search = "", blocked, vip, system, externalId } = query;
    const calling = isSupportedCountry(country) ? getCountryCallingCode(country) : null;
    const asked = wordsAsked(search, calling);
    const start = folded(search).trim();
    const external = system !== undefined && externalId !== undefined ? { system, id: externalId } : null;
    const conditions: Filter<ContactDocument>[] = [
      { companyId: scope.companyId },
      ...(external ? [{ externalKeys: externalKey(scope.companyId, external) }] : []),
      ...(blocked === undefined ? [] : [blocked ? { blocked: true } : { blocked: { $ne: true } }]),
      ...(vip === undefined ? [] : [vip ? { vip: true } : { vip: { $ne: true } }]),
      // One letter: the names that begin with it.
      ...(asked === null && start !== "" ? [{ sortKey: { $gte: start, $lt: `${start}\uffff` } }] : []),
      ...(asked ?? []).map(({ word, start: begins }) => ({
        starts: begins,
        ...(word !== begins && { words: { $regex: `^${word}` } }),
      })),
      ...afterCursor(before),
    ];
    const found = documents.find({ $and: conditions }).sort({ sortKey: 1, _id: 1 });
    return found.limit(limit).toArray();
  }

  return {
    async list(scope: Scope, query: Query) {
      demand(scope, "read", "contacts");
      const { limit = 50 } = query;
      const { country } = await companyOf(scope);
      const found = await page(scope, country, query, limit + 1);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const next = found.length > limit && last ? cursorOf(last) : null;
      return { items: shown.map((document) => toContact(document, country)), next };
    },
    /**
     * The first contacts that a search finds, for whoever has a right of their own to it. Also by the id that another system has for them, where
     * nothing else is found: that is looked through one by one.
     */
    async find({ companyId }: Scope, search: string, limit: number): Promise<ContactDocument[]> {
      const own = systemScope(companyId);
      const { country } = await companyOf(own);
      const found = await page(own, country, { search }, limit);
      if (found.length > 0) return found;
      return documents.find({ companyId, "externalIds.id": search.trim() }).limit(limit).toArray();
    },
    async get(scope: Scope, id: string): Promise<Contact> {
      const { country } = await companyOf(scope);
      return toContact(await collection(scope).get(id), country);
    },
    async create(scope: Scope, fields: ContactFields): Promise<Contact> {
      demand(scope, "write", "contacts");
      const { country } = await companyOf(scope);
      return toContact(await collection(scope).insert(makeId("contact"), await stored(scope, fields, null)), country);
    },
    async change(scope: Scope, id: string, rev: number, fields: ContactFields): Promise<Contact> {
      demand(scope, "write", "contacts");
      const { country } = await companyOf(scope);
      const next = await stored(scope, fields, await collection(scope).peek(id));
      const changed = await collection(scope).change(id, rev, next);
      // An absent member is no change to the store: the last id of another system is taken away by hand.
      if (next.externalKeys === undefined) {
        await documents.updateOne(
          { _id: id, companyId: scope.companyId, externalIds: [] },
          { $unset: { externalKeys: "" } },
        );
      }
      return toContact(changed, country);
    },
    /** The code that a contact proves themselves with; null takes it away. Kept as a hash, and never given out. */
    async setPin(scope: Scope, id: string, pin: string | null): Promise<Contact> {
      demand(scope, "write", "contacts");
      const { country } = await companyOf(scope);
      if (pin !== null && isWeakPin(pin)) throw new UserError("weakCode");
      const pinHash = pin === null ? null : await given.hash(pin);
      return toContact(await collection(scope).set(id, { pinHash }), country);
    },
    pinHash: async (companyId: string, id: string): Promise<string | null> =>
      (await collection(systemScope(companyId)).peek(id))?.pinHash ?? null,
    remove: (scope: Scope, id: string): Promise<void> => collection(scope).remove(id),
  };
}

export type Contacts = ReturnType<typeof createContacts>;

function cursorOf({ sortKey, _id }: ContactDocument): string {
  return Buffer.from(JSON.stringify([sortKey, _id])).toString("base64url");
}

/** What comes after a page; a cursor that is none begins again. */
function afterCursor(after: string | undefined): Filter<ContactDocument>[] {
  if (after === undefined) return [];
  try {
    const read: unknown = JSON.parse(Buffer.from(after, "base64url").toString("utf8"));
    if (!Array.isArray(read)) return [];
    const [sortKey, id] = read.map(String);
    if (sortKey === undefined || id === undefined) return [];
    return [{ sortKey: { $gte: sortKey } }, { $or: [{ sortKey: { $gt: sortKey } }, { _id: { $gt: id } }] }];
  } catch {
    return [];
  }
}

function toContact(document: ContactDocument, country: string): Contact {
  const { _id, rev, name, company, numbers, language, customerNumber, vip, blocked } = document;
  const { preferredOperatorId, externalIds, fields, notes, changedAt } = document;
  return {
    contactId: _id,
    ...{ rev, name, company, numbers, language, customerNumber, vip, blocked },
    ...{ preferredOperatorId, externalIds, fields, notes },
    hasPin: (document.pinHash ?? null) !== null,
    numbersText: numbers.map((number) => numberText(number, country)),
    changedAt: new Date(changedAt).toISOString(),
  };
}
