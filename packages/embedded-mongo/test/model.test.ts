import { EJSON } from "bson";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Doc } from "../src/bson-values.ts";
import { type MemoryStore, memoryStore } from "./support/memory-store.ts";

/** What the store should hold, kept as plainly as possible: a list of flat documents in order of insertion. */
interface Flat {
  readonly _id: number;
  [field: string]: number;
}

type Query = Readonly<Record<string, number | { readonly $gt: number } | { readonly $in: readonly number[] }>>;

function meets(doc: Flat, query: Query): boolean {
  return Object.entries(query).every(([field, wanted]) => {
    const value = doc[field];
    if (typeof wanted === "number") return value === wanted;
    if (value === undefined) return false;
    return "$gt" in wanted ? value > wanted.$gt : wanted.$in.includes(value);
  });
}

class Model {
  docs: Flat[] = [];

  /** The unique key that is taken: group and place together, a missing field counting as one value. */
  taken(doc: Flat): boolean {
    return this.docs.some((other) => other._id !== doc._id && other.group === doc.group && other.place === doc.place);
  }

  insert(doc: Flat): "ok" | "taken" {
    if (this.docs.some((other) => other._id === doc._id) || this.taken(doc)) return "taken";
    this.docs.push(doc);
    return "ok";
  }

  /** Sets fields and adds to `n`, one document after another, until one may not be written. */
  update(query: Query, set: Readonly<Record<string, number>>, many: boolean): number {
    const found = this.docs.filter((doc) => meets(doc, query)).slice(0, many ? undefined : 1);
    let written = 0;
    for (const doc of found) {
      const after = { ...doc, ...set, n: (doc.n ?? 0) + 1 };
      if (this.taken(after)) break;
      this.docs[this.docs.indexOf(doc)] = after;
      written += 1;
    }
    return written;
  }

  remove(query: Query, many: boolean): number {
    const gone = this.docs.filter((doc) => meets(doc, query)).slice(0, many ? undefined : 1);
    this.docs = this.docs.filter((doc) => !gone.includes(doc));
    return gone.length;
  }
}

type Step =
  | { readonly do: "insert"; readonly doc: Flat }
  | {
      readonly do: "update";
      readonly query: Query;
      readonly set: Readonly<Record<string, number>>;
      readonly many: boolean;
    }
  | { readonly do: "remove"; readonly query: Query; readonly many: boolean }
  | { readonly do: "index"; readonly key: Readonly<Record<string, 1 | -1>> }
  | { readonly do: "dropIndex"; readonly key: Readonly<Record<string, 1 | -1>> };

const small = fc.integer({ min: 0, max: 4 });
const condition = fc.oneof(small, fc.record({ $gt: small }), fc.record({ $in: fc.array(small, { maxLength: 3 }) }));
const query = fc.dictionary(fc.constantFrom("_id", "group", "place", "n"), condition, { maxKeys: 2 });
const key = fc
  .uniqueArray(fc.tuple(fc.constantFrom("group", "n", "place"), fc.constantFrom<1 | -1>(1, -1)), {
    minLength: 1,
    maxLength: 2,
    selector: ([path]) => path,
  })
  .map((fields): Readonly<Record<string, 1 | -1>> => Object.fromEntries(fields));
const doc = fc.record(
  { _id: fc.integer({ min: 0, max: 12 }), group: small, place: small, n: small },
  { requiredKeys: ["_id", "n"] },
);
const set = fc.dictionary(fc.constantFrom("group", "place"), small, { maxKeys: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant<"insert">("insert"), doc }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant<"update">("update"), query, set, many: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant<"remove">("remove"), query, many: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant<"index">("index"), key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant<"dropIndex">("dropIndex"), key }) },
);

const nameOf = (fields: object) => JSON.stringify(Object.entries(fields));

describe("any sequence of commands", () => {
  test("leaves what a plain list would hold, whatever indexes come and go", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.array(query, { minLength: 3, maxLength: 3 }),
        async (steps, queries) => {
          const memory = memoryStore();
          const model = new Model();
          try {
            await memory.run({
              createIndexes: "t",
              indexes: [{ key: { group: 1, place: 1 }, name: "place", unique: true }],
            });
            for (const one of steps) await both(memory, model, one);
            for (const asked of queries) {
              const expected = model.docs.filter((found) => meets(found, asked));
              const found = await all(memory, { find: "t", filter: asked });
              expect([...found].sort(byId)).toEqual([...expected].sort(byId));
              expect(await all(memory, { find: "t", filter: asked, sort: { n: -1, _id: 1 }, limit: 3 })).toEqual(
                [...expected].sort((a, b) => (b.n ?? 0) - (a.n ?? 0) || byId(a, b)).slice(0, 3),
              );
              expect(await memory.run({ count: "t", query: asked })).toMatchObject({ n: { value: expected.length } });
            }
            expect(await all(memory, { find: "t" })).toEqual(model.docs);
          } finally {
            memory.close();
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

async function both(memory: MemoryStore, model: Model, one: Step): Promise<void> {
  switch (one.do) {
    case "insert": {
      const reply = await memory.run({ insert: "t", documents: [one.doc] });
      expect("writeErrors" in reply ? "taken" : "ok").toBe(model.insert(one.doc));
      return;
    }
    case "update": {
      // With several documents the order of writing decides which one meets the taken key: only the order of insertion is the model's.
      const many = one.many && Object.keys(one.set).length === 0;
      await memory.run({
        update: "t",
        updates: [
          {
            q: onlyScan(one.query, many),
            u: { ...(Object.keys(one.set).length > 0 && { $set: one.set }), $inc: { n: 1 } },
            multi: many,
          },
        ],
      });
      model.update(onlyScan(one.query, many), one.set, many);
      return;
    }
    case "remove": {
      const reply = await memory.run({
        delete: "t",
        deletes: [{ q: onlyScan(one.query, one.many), limit: one.many ? 0 : 1 }],
      });
      expect(reply).toMatchObject({ n: { value: model.remove(onlyScan(one.query, one.many), one.many) } });
      return;
    }
    case "index":
      await memory
        .run({ createIndexes: "t", indexes: [{ key: one.key, name: nameOf(one.key) }] })
        .catch((error) => expect(error).toMatchObject({ code: 85 }));
      return;
    case "dropIndex":
      await memory
        .run({ dropIndexes: "t", index: nameOf(one.key) })
        .catch((error) => expect(error).toMatchObject({ code: 27 }));
      return;
  }
}

/** Which one of several matching documents a single write takes is not promised: there the query names one. */
function onlyScan(asked: Query, many: boolean): Query {
  return many ? asked : { ...asked, _id: typeof asked._id === "number" ? asked._id : 3 };
}

async function all(memory: MemoryStore, command: Doc): Promise<Flat[]> {
  return JSON.parse(EJSON.stringify(await memory.run(command), { relaxed: true })).cursor.firstBatch;
}

function byId(left: Flat, right: Flat): number {
  return left._id - right._id;
}
