import { type Doc, encode, typeName } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { parseFilter } from "../filter.ts";
import { compileFilter, fieldsOf } from "../matcher.ts";
import { toSafeInteger } from "../numbers.ts";
import { parseSort, Sorter, sortKeyOf } from "../sort.ts";
import { Reads } from "./expression.ts";
import { each, type Stage } from "./stage.ts";

export function match(spec: unknown): Stage {
  const filter = parseFilter(spec);
  const matches = compileFilter(filter);
  const reads = new Reads();
  for (const field of fieldsOf(filter)) reads.fields.add(field);
  return each(reads, false, (doc) => (matches(doc) ? [doc] : []));
}

export function sort(spec: unknown): Stage {
  const keys = parseSort(spec);
  if (keys.length === 0) throw new MongoError(15976, "$sort stage must have at least one sort key");
  const reads = new Reads();
  for (const key of keys) reads.fields.add(key.parts[0] ?? "");
  return {
    reads,
    closes: false,
    start: () => {
      const sorter = new Sorter<Doc>(Number.POSITIVE_INFINITY, (doc) => encode(doc).length);
      return {
        take: (documents) => {
          for (const doc of documents) sorter.add(sortKeyOf(doc, keys), doc);
          return [];
        },
        end: () => sorter.take(),
      };
    },
  };
}

export function limitOf(spec: unknown): number {
  const number = toSafeInteger(spec);
  if (number === undefined)
    throw new MongoError(2107201, `invalid argument to $limit stage: Expected a number in: $limit: ${typeName(spec)}`);
  if (number <= 0) throw new MongoError(15958, "the limit must be positive");
  return number;
}

export function skipOf(spec: unknown): number {
  const number = toSafeInteger(spec);
  if (number === undefined || number < 0)
    throw new MongoError(5107200, "invalid argument to $skip stage: Expected a non-negative number");
  return number;
}

export function skip(spec: unknown): Stage {
  const wanted = skipOf(spec);
  return {
    reads: new Reads(),
    closes: false,
    start: () => {
      let left = wanted;
      return {
        take: (documents) => {
          const passed = documents.slice(Math.min(left, documents.length));
          left = Math.max(0, left - documents.length);
          return passed;
        },
        end: () => [],
      };
    },
  };
}

export function limit(spec: unknown): Stage {
  const wanted = limitOf(spec);
  return {
    reads: new Reads(),
    closes: false,
    start: () => {
      let left = wanted;
      return {
        take: (documents) => {
          const passed = documents.slice(0, left);
          left -= passed.length;
          return passed;
        },
        end: () => [],
        get full() {
          return left === 0;
        },
      };
    },
  };
}
