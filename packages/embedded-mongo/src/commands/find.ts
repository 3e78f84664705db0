import { Long } from "bson";
import type { Doc } from "../bson-values.ts";
import { firstBatch, limitsOf, listSource, nextBatch } from "../cursor-reply.ts";
import { MongoError } from "../errors.ts";
import { parseFilter } from "../filter.ts";
import { FindStream, turn } from "../find-stream.ts";
import { encodeKey } from "../keys.ts";
import { wholeNumber } from "../numbers.ts";
import { someAt, splitPath } from "../paths.ts";
import { planQuery } from "../planner.ts";
import { parseProjection, shaper } from "../projection.ts";
import type { Request } from "../request.ts";
import { Scanner } from "../scanner.ts";
import { parseSort } from "../sort.ts";
import type { Command, Store } from "../store.ts";

const FIND_FIELDS = [
  "filter",
  "sort",
  "projection",
  "skip",
  "limit",
  "batchSize",
  "singleBatch",
  "allowDiskUse",
  "noCursorTimeout",
] as const;

async function find(request: Request, store: Store): Promise<Buffer> {
  const ns = `${request.db}.${request.collection}`;
  const { stream, single } = openFind(request, store);
  const batchSize = request.count("batchSize");
  return firstBatch(request, store, ns, stream ?? listSource([]), batchSize, single);
}

/** The stream of a find command; `undefined` when there is no such collection. Everything in the command is checked either way. */
function openFind(request: Request, store: Store): { stream: FindStream | undefined; single: boolean } {
  const filter = parseFilter(request.document("filter") ?? {});
  const sort = parseSort(request.body.sort);
  const { shape } = shaper(parseProjection(request.document("projection")));
  const limit = request.integer("limit") ?? 0;
  const options = {
    sort,
    skip: request.count("skip") ?? 0,
    limit: limit === 0 ? Number.POSITIVE_INFINITY : Math.abs(limit),
    shape,
    shapeFields: [],
  };
  const collection = store.catalog.get(request.db, request.collection);
  const stream = collection && new FindStream(store.sql, collection, planQuery(collection, filter, sort), options);
  return { stream, single: limit < 0 || request.flag("singleBatch", false) };
}

async function getMore(request: Request, store: Store): Promise<Buffer> {
  const id = request.body.getMore;
  const collection = request.text("collection") ?? "";
  if (!(id instanceof Long))
    throw new MongoError(14, "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  return nextBatch(request, store, `${request.db}.${collection}`, id, request.count("batchSize"));
}

/** Counts by keys alone where an index answers the whole query. */
async function count(request: Request, store: Store): Promise<Doc> {
  const filter = parseFilter(request.document("query") ?? {});
  const skip = request.count("skip") ?? 0;
  const limit = Math.abs(request.integer("limit") ?? 0);
  const collection = store.catalog.get(request.db, request.collection);
  if (collection === undefined) return { n: 0, ok: 1 };
  const { checkTime } = limitsOf(request, store, 0);
  const scanner = new Scanner(store.sql, collection, planQuery(collection, filter));
  let n = 0;
  for (let found = scanner.step(); found !== undefined; found = scanner.step()) {
    n += found.length;
    if (limit > 0 && n >= skip + limit) break;
    checkTime();
    await turn();
  }
  const counted = Math.max(0, n - skip);
  return { n: wholeNumber(limit > 0 ? Math.min(limit, counted) : counted), ok: 1 };
}

async function distinct(request: Request, store: Store): Promise<Doc> {
  const key = request.text("key");
  if (key === undefined || key === "")
    throw new MongoError(40414, "BSON field 'distinct.key' is missing but a required field");
  const filter = parseFilter(request.document("query") ?? {});
  const collection = store.catalog.get(request.db, request.collection);
  const values = new Map<string, unknown>();
  if (collection === undefined) return { values: [], ok: 1 };
  const { checkTime } = limitsOf(request, store, 0);
  const parts = splitPath(key);
  const scanner = new Scanner(store.sql, collection, planQuery(collection, filter), [parts[0] ?? ""]);
  for (let found = scanner.step(); found !== undefined; found = scanner.step()) {
    for (const { doc } of found) {
      someAt(doc, parts, true, (value) => {
        for (const one of Array.isArray(value) ? value : [value]) {
          if (typeof one !== "symbol") addDistinct(values, one);
        }
        return false;
      });
    }
    checkTime();
    await turn();
  }
  return { values: [...values.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value), ok: 1 };
}

function addDistinct(values: Map<string, unknown>, value: unknown): void {
  const key = encodeKey(value).toString("latin1");
  if (!values.has(key)) values.set(key, value);
}

export const findCommands: Readonly<Record<string, Command>> = {
  find: { fields: FIND_FIELDS, run: find },
  getMore: { fields: ["collection", "batchSize"], run: getMore },
  count: { fields: ["query", "skip", "limit"], run: count },
  distinct: { fields: ["key", "query"], run: distinct },
};
