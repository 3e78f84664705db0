import { limitOf, skipOf } from "../aggregation/flow-stages.ts";
import type { Stage } from "../aggregation/stage.ts";
import { compilePipeline, fieldsRead, RunningPipeline, stageOf } from "../aggregation/stages.ts";
import { encode } from "../bson-values.ts";
import type { Collection } from "../catalog.ts";
import { firstBatch, limitsOf, listSource } from "../cursor-reply.ts";
import { MongoError } from "../errors.ts";
import { type Filter, parseFilter } from "../filter.ts";
import { type BatchSource, FindStream, turn } from "../find-stream.ts";
import { isNumber, toDouble } from "../numbers.ts";
import { planQuery } from "../planner.ts";
import type { Request } from "../request.ts";
import { type Found, Scanner } from "../scanner.ts";
import { MAX_SORT_BYTES, parseSort, Sorter, type SortKey, sortKeyOf } from "../sort.ts";
import type { Command, Store } from "../store.ts";

/** The beginning of a pipeline that a query can answer: it may use an index, and a limit ends the scan. */
interface Head {
  readonly filter: Filter;
  readonly sort: readonly SortKey[];
  readonly skip: number;
  readonly limit: number;
  readonly rest: readonly unknown[];
}

async function aggregate(request: Request, store: Store): Promise<Buffer> {
  const pipeline = request.array("pipeline");
  const cursor = request.document("cursor");
  if (cursor === undefined)
    throw new MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const wrong = Object.keys(cursor).find((field) => field !== "batchSize");
  if (wrong !== undefined) throw new MongoError(40415, `BSON field 'cursor.${wrong}' is an unknown field.`);
  compilePipeline(pipeline); // whatever is wrong in any stage is said, also where no document would have met it
  const batchSize = isNumber(cursor.batchSize) ? toDouble(cursor.batchSize) : undefined;
  const ns = `${request.db}.${request.collection}`;
  const collection = store.catalog.get(request.db, request.collection);
  const source = await resultOf(request, store, collection, headOf(pipeline));
  return firstBatch(request, store, ns, source, batchSize);
}

async function resultOf(
  request: Request,
  store: Store,
  collection: Collection | undefined,
  head: Head,
): Promise<BatchSource> {
  const stages = compilePipeline(head.rest);
  if (collection !== undefined && stages.length === 0) {
    const plan = planQuery(collection, head.filter, head.sort);
    return new FindStream(store.sql, collection, plan, { ...head, shape: ({ raw }) => raw, shapeFields: [] });
  }
  const pipeline = new RunningPipeline(stages, new Date(store.clock.now()));
  const result: Buffer[] = [];
  let bytes = 0;
  const keep = (documents: Iterable<object>) => {
    for (const document of documents) {
      const raw = encode({ ...document });
      bytes += raw.length;
      if (bytes > MAX_SORT_BYTES)
        throw new MongoError(292, `the result exceeded the memory limit of ${MAX_SORT_BYTES} bytes`);
      result.push(raw);
    }
  };
  if (collection !== undefined) {
    for await (const found of headSteps(request, store, collection, head, stages)) {
      keep(pipeline.take(found.map(({ doc }) => doc)));
      if (pipeline.full) break;
    }
  }
  keep(pipeline.end());
  return listSource(result);
}

/** The documents of the head, decoded as far as the stages look at them, with turns for others in between. */
async function* headSteps(
  request: Request,
  store: Store,
  collection: Collection,
  head: Head,
  stages: readonly Stage[],
): AsyncGenerator<Found[]> {
  const { checkTime } = limitsOf(request, store, 0);
  const plan = planQuery(collection, head.filter, head.sort);
  const reads = fieldsRead(stages);
  const fields = reads === "all" || plan.sorted ? reads : [...reads, ...head.sort.map((key) => key.parts[0] ?? "")];
  const scanner = new Scanner(store.sql, collection, plan, fields);
  const sorter = plan.sorted ? undefined : new Sorter<Found>(head.skip + head.limit, (found) => found.raw.length);
  let { skip, limit } = head;
  const cut = (found: Found[]): Found[] => {
    const kept = found.slice(skip, skip + limit);
    skip = Math.max(0, skip - found.length);
    limit -= kept.length;
    return kept;
  };
  for (let found = scanner.step(); found !== undefined && limit > 0; found = scanner.step()) {
    if (sorter === undefined) yield cut(found);
    else for (const one of found) sorter.add(sortKeyOf(one.doc, head.sort), one);
    checkTime();
    await turn();
  }
  if (sorter) yield cut(sorter.take());
}

/** Takes $match, then $sort, then $skip, then $limit off the front, as far as they stand there in this order. */
function headOf(pipeline: readonly unknown[]): Head {
  const rest = [...pipeline];
  const takeOff = (name: string): { readonly spec: unknown } | undefined => {
    const [first] = rest;
    if (first === undefined || stageOf(first).name !== name) return undefined;
    rest.shift();
    return { spec: stageOf(first).spec };
  };
  const filters: Filter[] = [];
  for (let found = takeOff("$match"); found !== undefined; found = takeOff("$match"))
    filters.push(parseFilter(found.spec));
  const sort = takeOff("$sort");
  const skip = takeOff("$skip");
  const limit = takeOff("$limit");
  return {
    filter: { kind: "and", of: filters },
    sort: parseSort(sort?.spec),
    skip: skip ? skipOf(skip.spec) : 0,
    limit: limit ? limitOf(limit.spec) : Number.POSITIVE_INFINITY,
    rest,
  };
}

export const aggregateCommands: Readonly<Record<string, Command>> = {
  aggregate: { fields: ["pipeline", "cursor", "allowDiskUse", "bypassDocumentValidation"], run: aggregate },
};
