import type { Company, ContactFields, ContactImportPlan, ContactImportResult, Texts } from "@cordboard/api";
import type { AnyBulkWriteOperation } from "mongodb";
import type { Connection } from "mongoose";
import type { Clock, MakeId } from "../../ports/index.ts";
import { readTable, type TableForm } from "../../tables/index.ts";
import { contactKeys, customerKeysOf, externalKey } from "../contact-keys.ts";
import { type ContactDocument, contactDocuments } from "../model.ts";
import { type RowFields, type RowWorld, rowToContact } from "./row-to-contact.ts";

export interface ImportGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly companyId: string;
  readonly company: Pick<Company, "country" | "contactFields" | "languages">;
  readonly operators: RowWorld["operators"];
  readonly plan: ContactImportPlan;
  /** Of the codes that contacts prove themselves with: only their hashes are kept. */
  readonly pins: {
    hash(pin: string): Promise<string>;
    verify(hash: string, pin: string): Promise<boolean>;
  };
  /** Nothing is written. */
  readonly dry: boolean;
}

/** Rows that are looked up and written together. */
const BATCH = 250;
const SHOWN_PROBLEMS = 200;
/** Codes that one import takes: each takes a while to be hashed, one after the other, so that sign-ins are not kept waiting. */
const MOST_PINS = 5_000;

interface Row {
  readonly line: number;
  readonly fields: RowFields;
  readonly pin: string | null;
  /** What its contact is found by; null: it is a new one. */
  readonly key: string | null;
}

interface Write {
  readonly line: number;
  /** Of the contact. */
  readonly id: string;
  readonly created: boolean;
  operation: AnyBulkWriteOperation<ContactDocument>;
}

const refusals = {
  noKey: { fr: "n’a pas ce qui doit la reconnaître", en: "has nothing to be recognised by" },
  several: { fr: "correspond à plusieurs contacts", en: "fits several contacts" },
  nameless: { fr: "n’a ni nom, ni société, ni numéro", en: "has no name, no company and no number" },
  manyPins: {
    fr: `a un code de trop : un import en prend ${MOST_PINS}, mettez les suivants dans un autre fichier`,
    en: `has one code too many: an import takes ${MOST_PINS}, put the next ones into another file`,
  },
  taken: {
    fr: "a un identifiant externe qu’un autre contact porte déjà",
    en: "has an external id that another contact has already",
  },
} satisfies Readonly<Record<string, Texts>>;

/**
 * Imports the rows of a file, or says what that would do. Rows come a few at a time, each lot is looked up and written at once, and others
 * pass between two lots: a file of any length holds up nobody, and takes no more memory than itself. A row whose contact is there changes
 * what stands in it and nothing else, so that importing a file again changes nothing.
 */
export async function importContacts(
  file: Uint8Array,
  form: TableForm,
  given: ImportGiven,
): Promise<ContactImportResult> {
  const result = { rows: 0, created: 0, changed: 0, unchanged: 0, refused: 0, problemCount: 0 };
  const problems: ContactImportResult["problems"] = [];
  /** What a trial would have written: the same key again would then be found. */
  const seen = new Set<string>();
  const tell = (line: number, column: number | null, value: string, problem: Texts) => {
    result.problemCount += 1;
    if (problems.length < SHOWN_PROBLEMS) problems.push({ line, column, value, problem });
  };

  const settle = async (rows: readonly Row[]) => {
    const existing = await existingOf(rows, given);
    const writes: Write[] = [];
    const refuse = (line: number, problem: Texts) => {
      result.refused += 1;
      tell(line, null, "", problem);
    };
    for (const { line, fields, pin, key } of rows) {
      const matches = key === null ? [] : (existing.get(key) ?? []);
      const [before] = matches;
      if (matches.length > 1) refuse(line, refusals.several);
      else if (before) {
        const pinHash = await hashOf(pin, before.pinHash ?? null, given);
        const changed = changedFields(before, fields);
        const after = changed ?? (pinHash === null ? null : contactOf(before));
        if (after === null) result.unchanged += 1;
        else {
          const document = {
            ...{ ...after, ...contactKeys(given.companyId, after), changedAt: given.clock.now() },
            ...(pinHash !== null && { pinHash }),
          };
          const next = { ...before, ...document };
          const fresh = next.externalKeys === undefined ? next : await withoutTaken(next, given);
          if (fresh === null) refuse(line, refusals.taken);
          else {
            if (key !== null) existing.set(key, [next]);
            const begun = writes.find((each) => each.created && each.id === before._id);
            if (begun) {
              // The row is about one that this very lot creates.
              begun.operation = { insertOne: { document: { ...next, rev: 1 } } };
              result.changed += 1;
              continue;
            }
            const filter = { _id: before._id, companyId: given.companyId };
            writes.push({
              line,
              id: before._id,
              created: false,
              operation: { updateOne: { filter, update: { $set: document, $inc: { rev: 1 } } } },
            });
          }
        }
      } else if (key !== null && given.dry && seen.has(key)) result.changed += 1;
      else {
        const whole = wholeContact(fields);
        if (whole === null) refuse(line, refusals.nameless);
        else {
          const pinHash = await hashOf(pin, null, given);
          const document: ContactDocument = {
            ...(pinHash !== null && { pinHash }),
            ...{ _id: given.makeId("contact"), companyId: given.companyId, rev: 1, changedAt: given.clock.now() },
            ...{ ...whole, ...contactKeys(given.companyId, whole) },
          };
          const fresh = document.externalKeys === undefined ? document : await withoutTaken(document, given);
          if (fresh === null) refuse(line, refusals.taken);
          else {
            if (key !== null) {
              existing.set(key, [document]);
              seen.add(key);
            }
            writes.push({ line, id: document._id, created: true, operation: { insertOne: { document } } });
          }
        }
      }
    }
    const failed = given.dry ? new Set<number>() : await write(writes, given);
    writes.forEach(({ line, created }, index) => {
      if (failed.has(index)) refuse(line, refusals.taken);
      else if (created) result.created += 1;
      else result.changed += 1;
    });
  };

  let batch: Row[] = [];
  let pins = 0;
  let first = true;
  for await (const { line, cells } of readTable(file, form)) {
    const isHeader = first && given.plan.header;
    first = false;
    if (isHeader) continue;
    result.rows += 1;
    const { fields, pin: read, problems: found } = rowToContact(cells, given);
    pins += read === null ? 0 : 1;
    const pin = pins > MOST_PINS ? null : read;
    if (read !== null && pin === null) tell(line, null, "", refusals.manyPins);
    for (const { column, value, problem } of found) tell(line, column, value, problem);
    const key = keyOf(fields, given);
    if (found.some(({ fatal }) => fatal)) result.refused += 1;
    else if (given.plan.matchBy !== null && key === null) {
      result.refused += 1;
      tell(line, null, "", refusals.noKey);
    } else batch.push({ line, fields, pin, key });
    if (batch.length < BATCH) continue;
    await settle(batch);
    batch = [];
    // Also where nothing had to be asked or written.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await settle(batch);
  return { ...result, problems };
}

/** What a row's contact is found by, as `existingOf` names it. */
function keyOf(fields: RowFields, { plan, companyId }: ImportGiven): string | null {
  const { matchBy } = plan;
  if (matchBy === null) return null;
  if (matchBy === "number") return fields.numbers?.find((number) => number.startsWith("+")) ?? null;
  if (matchBy === "customerNumber") return customerKeysOf(fields.customerNumber ?? "")[0] ?? null;
  const system = matchBy.slice("external:".length).toLowerCase();
  const external = fields.externalIds?.find((each) => each.system.toLowerCase() === system);
  return external ? externalKey(companyId, external) : null;
}

/** The contacts that these rows are about, by key. */
async function existingOf(rows: readonly Row[], { connection, companyId, plan }: ImportGiven) {
  const keys = [...new Set(rows.flatMap(({ key }) => key ?? []))];
  const found = new Map<string, ContactDocument[]>();
  if (keys.length === 0) return found;
  const documents = contactDocuments(connection);
  const member =
    plan.matchBy === "number" ? "callerNumbers" : plan.matchBy === "customerNumber" ? "customerKeys" : "externalKeys";
  for (const document of await documents.find({ companyId, [member]: { $in: keys } }).toArray()) {
    for (const key of document[member] ?? []) found.set(key, [...(found.get(key) ?? []), document]);
  }
  return found;
}

/** Null when another contact has one of its external ids. */
async function withoutTaken(document: ContactDocument, { connection, companyId, plan }: ImportGiven) {
  // By what the rows are matched is theirs; others are asked for, where there are any.
  const matched = plan.matchBy?.startsWith("external:") ? plan.matchBy.slice("external:".length).toLowerCase() : null;
  const others = document.externalIds.filter(({ system }) => system.toLowerCase() !== matched);
  if (others.length === 0) return document;
  const keys = others.map((external) => externalKey(companyId, external));
  const taken = await contactDocuments(connection).findOne({ externalKeys: { $in: keys }, _id: { $ne: document._id } });
  return taken ? null : document;
}

/** The hash of a code that is another than was; null: there is none, or it is the same. A trial hashes nothing. */
async function hashOf(pin: string | null, before: string | null, { pins, dry }: ImportGiven): Promise<string | null> {
  if (pin === null || (before !== null && before !== TRIED && (await pins.verify(before, pin)))) return null;
  return dry ? TRIED : pins.hash(pin);
}

/** In the place of a hash, where nothing is written. */
const TRIED = "tried";

function contactOf(document: ContactDocument): ContactFields {
  const { name, company, numbers, language, customerNumber, vip, blocked } = document;
  const { preferredOperatorId, externalIds, fields, notes } = document;
  return {
    ...{ name, company, numbers, language, customerNumber, vip, blocked },
    ...{ preferredOperatorId, externalIds, fields, notes },
  };
}

/** The contact with what the row says, or null when that is how it was. */
function changedFields(before: ContactDocument, row: RowFields): ContactFields | null {
  const was = contactOf(before);
  const named = new Set(row.externalIds?.map(({ system }) => system.toLowerCase()));
  const is: ContactFields = {
    ...was,
    ...row,
    fields: { ...was.fields, ...row.fields },
    externalIds: [
      ...was.externalIds.filter(({ system }) => !named.has(system.toLowerCase())),
      ...(row.externalIds ?? []),
    ],
  };
  return JSON.stringify(sorted(was)) === JSON.stringify(sorted(is)) ? null : is;
}

/** The order of own fields and of external ids says nothing. */
function sorted(contact: ContactFields): object {
  const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
  return {
    ...Object.fromEntries(Object.entries(contact).sort(byName)),
    fields: Object.fromEntries(Object.entries(contact.fields).sort(byName)),
    externalIds: contact.externalIds.map(({ system, id }) => `${system} ${id}`).sort(),
  };
}

/** A new contact of a row; null when nothing names it. */
function wholeContact(row: RowFields): ContactFields | null {
  const name = row.name ?? row.company ?? row.numbers?.[0];
  if (name === undefined) return null;
  return {
    ...{ company: "", numbers: [], language: null, customerNumber: "", vip: false, blocked: false },
    ...{ preferredOperatorId: null, externalIds: [], fields: {}, notes: "" },
    ...row,
    name: name.slice(0, 120),
  };
}

/** Writes a lot. The indexes of those that another import was quicker with come back: they are told like any other refusal. */
async function write(
  writes: readonly { readonly operation: AnyBulkWriteOperation<ContactDocument> }[],
  { connection }: ImportGiven,
): Promise<ReadonlySet<number>> {
  if (writes.length === 0) return new Set();
  try {
    await contactDocuments(connection).bulkWrite(
      writes.map(({ operation }) => operation),
      { ordered: false },
    );
    return new Set();
  } catch (error) {
    const errors: unknown = Reflect.get(Object(error), "writeErrors");
    const list = Array.isArray(errors) ? errors : errors === undefined ? [] : [errors];
    const failed = list.flatMap((each: unknown) => {
      const index: unknown = Reflect.get(Object(each), "index");
      const code: unknown = Reflect.get(Object(each), "code");
      return typeof index === "number" && code === 11000 ? [index] : [];
    });
    if (failed.length === 0 || failed.length !== list.length) throw error;
    return new Set(failed);
  }
}
