import { type Doc, isDoc, MISSING } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { encodeKey } from "../keys.ts";
import { wholeNumber } from "../numbers.ts";
import { setField } from "../paths.ts";
import { type AccumulatedField, type Accumulator, compileAccumulator } from "./accumulators.ts";
import { compileExpression, Reads } from "./expression.ts";
import type { RunningStage, Stage } from "./stage.ts";

export function group(spec: unknown): Stage {
  if (!isDoc(spec)) throw new MongoError(15947, "a group's fields must be specified in an object");
  if (!("_id" in spec)) throw new MongoError(15955, "a group specification must include an _id");
  const reads = new Reads();
  const id = compileExpression(spec._id, reads);
  const fields = Object.entries(spec)
    .filter(([name]) => name !== "_id")
    .map(([name, accumulator]) => compileAccumulator(name, accumulator, reads));
  return { reads, closes: true, start: (now) => new RunningGroup(fields, (root) => id({ root, now }), now) };
}

class RunningGroup implements RunningStage {
  readonly #fields: readonly AccumulatedField[];
  readonly #idOf: (doc: Doc) => unknown;
  readonly #now: Date;
  readonly #groups = new Map<string, { readonly id: unknown; readonly accumulators: readonly Accumulator[] }>();

  constructor(fields: readonly AccumulatedField[], idOf: (doc: Doc) => unknown, now: Date) {
    this.#fields = fields;
    this.#idOf = idOf;
    this.#now = now;
  }

  take(documents: readonly Doc[]): readonly Doc[] {
    for (const root of documents) {
      const found = this.#idOf(root);
      const id = found === MISSING ? null : found;
      const key = encodeKey(id).toString("latin1");
      let group = this.#groups.get(key);
      if (group === undefined) {
        group = { id, accumulators: this.#fields.map((field) => field.make()) };
        this.#groups.set(key, group);
      }
      const scope = { root, now: this.#now };
      for (const [at, field] of this.#fields.entries()) group.accumulators[at]?.add(field.evaluate(scope));
    }
    return [];
  }

  end(): readonly Doc[] {
    return [...this.#groups.values()].map(({ id, accumulators }) => {
      const doc: Doc = { _id: id };
      for (const [at, field] of this.#fields.entries()) setField(doc, field.name, accumulators[at]?.result());
      return doc;
    });
  }
}

export function count(spec: unknown): Stage {
  if (typeof spec !== "string" || spec === "" || spec.startsWith("$") || spec.includes(".") || spec.includes("\0")) {
    throw new MongoError(40157, "the count field must be a non-empty string without '.', '$' or null bytes");
  }
  return {
    reads: new Reads(),
    closes: true,
    start: () => {
      let total = 0;
      return {
        take: (documents) => {
          total += documents.length;
          return [];
        },
        end: () => (total === 0 ? [] : [{ [spec]: wholeNumber(total) }]),
      };
    },
  };
}
