import type { DoNotCallEntry } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, type Scope, systemScope } from "../access/index.ts";
import { type Companies, numberText, telephoneNumber } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import { type DoNotCallDocument, doNotCallCollection } from "./model.ts";

export interface DoNotCallGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly companies: Pick<Companies, "get">;
}

export interface DoNotCallAsked {
  readonly number?: string;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string;
}

/** The numbers that nobody of a company may dial. What a caller asked for themselves, a callback, is not kept from them by it. */
export function createDoNotCall({ connection, clock, makeId, companies }: DoNotCallGiven) {
  const collection = doNotCallCollection(connection);
  const countryOf = async (companyId: string) => (await companies.get(systemScope(companyId))).country;

  return {
    async list(scope: Scope, { number, limit, before }: DoNotCallAsked) {
      demand(scope, "read", "doNotCall");
      const { companyId } = scope;
      const country = await countryOf(companyId);
      const after = before === undefined ? null : readCursor(before);
      const found = await collection
        .find({
          companyId,
          ...(number === undefined ? {} : { number: telephoneNumber(number, country) ?? number }),
          ...(after && { $or: [{ addedAt: { $lt: after.at } }, { addedAt: after.at, _id: { $lt: after.id } }] }),
        })
        .sort({ addedAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last ? `${last.addedAt}.${last._id}` : null;
      return { items: page.map((entry) => toEntry(entry, country)), next };
    },
    async add(scope: Scope, numbers: readonly string[], note: string) {
      demand(scope, "write", "doNotCall");
      const { companyId } = scope;
      const country = await countryOf(companyId);
      const read = numbers.map((written) => ({ written, number: telephoneNumber(written, country) }));
      const wrong = read.flatMap(({ written, number }) => (number === null ? written : []));
      const asked = [...new Set(read.flatMap(({ number }) => number ?? []))];
      const addedAt = clock.now();
      let added = 0;
      for (const number of asked) {
        const id = makeId("dnc");
        // Two who add the same number at once: the index keeps one of them.
        const { upsertedCount } = await collection.updateOne(
          { companyId, number },
          { $setOnInsert: { _id: id, companyId, number, note, addedAt } },
          { upsert: true },
        );
        if (upsertedCount === 0) continue;
        added += 1;
        const after = { number, note };
        scope.changed?.({ resource: "doNotCall", targetId: id, targetName: number, before: null, after });
      }
      return { added, already: asked.length - added, wrong };
    },
    async remove(scope: Scope, entryId: string): Promise<void> {
      demand(scope, "write", "doNotCall");
      const before = await collection.findOneAndDelete({ _id: entryId, companyId: scope.companyId });
      if (!before) throw new UserError("notFound", { what: "number on the list" });
      const { number, note } = before;
      const told = { number, note };
      scope.changed?.({ resource: "doNotCall", targetId: entryId, targetName: number, before: told, after: null });
    },
    /** For the runtime's own work: the entry of a number, in the form in which numbers are kept. */
    find: (companyId: string, number: string): Promise<DoNotCallDocument | null> =>
      collection.findOne({ companyId, number }),
  };
}

export type DoNotCall = ReturnType<typeof createDoNotCall>;

function toEntry({ _id, number, note, addedAt }: DoNotCallDocument, country: string): DoNotCallEntry {
  return {
    entryId: _id,
    number,
    numberText: numberText(number, country),
    note,
    addedAt: new Date(addedAt).toISOString(),
  };
}

function readCursor(cursor: string): { readonly at: number; readonly id: string } {
  const [, at, id] = /^(\d{1,15})\.(dnc_[0-9a-f]{32})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) {
    const problem = { fr: "n’est pas le `next` d’une page", en: "is not the `next` of a page" };
    throw new UserError("requestInvalid", { where: "/query/before", problem });
  }
  return { at: Number(at), id };
}
