import { Long } from "bson";
import { type Doc, encode, isDoc, MISSING, typeName } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { parseFilter } from "../filter.ts";
import { encodeKey } from "../keys.ts";
import { compileFilter, fieldsOf } from "../matcher.ts";
import { toSafeInteger, wholeNumber } from "../numbers.ts";
import { setField, splitPath, valueAt } from "../paths.ts";
import { addToTree, type Projection, project } from "../projection.ts";
import { parseSort, Sorter, sortKeyOf } from "../sort.ts";
import { type AccumulatedField, type Accumulator, compileAccumulator } from "./accumulators.ts";
import { compileAddFields, compileProject, type Transform } from "./computed-fields.ts";
import { compileExpression, Reads } from "./expression.ts";

/** A stage at work: takes documents in portions, gives what it has ready, and the rest at the end. */
export interface RunningStage {
  take(documents: readonly Doc[]): readonly Doc[];
  end(): readonly Doc[];
  /** It wants nothing more. */
  readonly full?: boolean;
}

export interface Stage {
  readonly reads: Reads;
  /** Its output holds only fields that it names, so fields that nobody has read by then are never needed. */
  readonly closes: boolean;
  start(now: Date): RunningStage;
}

type MakeStage = (spec: unknown) => Stage;

const STAGES: ReadonlyMap<string, MakeStage> = new Map<string, MakeStage>([
  ["$match", match],
  ["$sort", sort],
  ["$skip", skip],
  ["$limit", limit],
  ["$project", projectStage],
  ["$addFields", (spec) => addFields("$addFields", spec)],
  ["$set", (spec) => addFields("$set", spec)],
  ["$unset", unset],
  ["$group", group],
  ["$count", count],
  ["$unwind", unwind],
  ["$replaceRoot", (spec) => replaceRoot("$replaceRoot", isDoc(spec) ? spec.newRoot : undefined)],
  ["$replaceWith", (spec) => replaceRoot("$replaceWith", spec)],
  ["$facet", facet],
]);

/** Reads a pipeline. Throws 40324 for a stage that is not carried. */
export function compilePipeline(pipeline: readonly unknown[]): Stage[] {
  return pipeline.map((element) => {
    const { name, spec } = stageOf(element);
    const make = STAGES.get(name);
    if (make !== undefined) return make(spec);
    if (name === "$changeStream")
      throw new MongoError(40573, "The $changeStream stage is only supported on replica sets");
    throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  });
}

export function stageOf(element: unknown): { readonly name: string; readonly spec: unknown } {
  if (!isDoc(element)) throw new MongoError(14, "Each element of the 'pipeline' array must be an object");
  const [name, more] = Object.keys(element);
  if (name === undefined || more !== undefined)
    throw new MongoError(40323, "A pipeline stage specification object must contain exactly one field.");
  return { name, spec: element[name] };
}

/** Runs documents through the stages of a pipeline, one portion at a time. */
export class RunningPipeline {
  readonly #stages: readonly RunningStage[];

  constructor(stages: readonly Stage[], now: Date) {
    this.#stages = stages.map((stage) => stage.start(now));
  }

  get full(): boolean {
    return this.#stages.some((stage) => stage.full === true);
  }

  take(documents: readonly Doc[], from = 0): readonly Doc[] {
    let flowing = documents;
    for (const stage of this.#stages.slice(from)) flowing = stage.take(flowing);
    return flowing;
  }

  /** What the stages still held back, each stage's rest running through those behind it. */
  end(): Doc[] {
    const rest: Doc[] = [];
    for (const [at, stage] of this.#stages.entries()) rest.push(...this.take(stage.end(), at + 1));
    return rest;
  }
}

function each(reads: Reads, closes: boolean, change: (doc: Doc, now: Date) => readonly Doc[]): Stage {
  return {
    reads,
    closes,
    start: (now) => ({ take: (documents) => documents.flatMap((doc) => change(doc, now)), end: () => [] }),
  };
}

function transformed(reads: Reads, closes: boolean, transform: Transform): Stage {
  return each(reads, closes, (root, now) => [transform({ root, now })]);
}

function match(spec: unknown): Stage {
  const filter = parseFilter(spec);
  const matches = compileFilter(filter);
  const reads = new Reads();
  for (const field of fieldsOf(filter)) reads.fields.add(field);
  return each(reads, false, (doc) => (matches(doc) ? [doc] : []));
}

function sort(spec: unknown): Stage {
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

function skip(spec: unknown): Stage {
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

function limit(spec: unknown): Stage {
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

function projectStage(spec: unknown): Stage {
  const reads = new Reads();
  const { transform, keepsAll } = compileProject(spec, reads);
  return transformed(reads, !keepsAll, transform);
}

function addFields(name: string, spec: unknown): Stage {
  const reads = new Reads();
  return transformed(reads, false, compileAddFields(name, spec, reads));
}

function unset(spec: unknown): Stage {
  const paths: unknown[] = Array.isArray(spec) ? spec : [spec];
  const projection: Projection = { kind: "exclude", tree: new Map() };
  for (const path of paths) {
    if (typeof path !== "string" || path === "")
      throw new MongoError(31120, "$unset specification must be a string or an array containing only string values");
    addToTree(projection.tree, path);
  }
  if (paths.length === 0)
    throw new MongoError(31119, "$unset specification must be a string or an array with at least one field");
  return transformed(new Reads(), false, ({ root }) => project(root, projection));
}

function group(spec: unknown): Stage {
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

function count(spec: unknown): Stage {
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

function unwind(spec: unknown): Stage {
  const options = isDoc(spec) ? spec : { path: spec };
  const wrong = Object.keys(options).find(
    (field) => !["path", "preserveNullAndEmptyArrays", "includeArrayIndex"].includes(field),
  );
  if (wrong !== undefined) throw new MongoError(28811, `unrecognized option to $unwind stage: ${wrong}`);
  const { path, preserveNullAndEmptyArrays: preserve = false, includeArrayIndex: indexField } = options;
  if (typeof path !== "string" || !path.startsWith("$"))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${String(path)}`);
  if (typeof preserve !== "boolean")
    throw new MongoError(28809, "expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage");
  if (
    indexField !== undefined &&
    (typeof indexField !== "string" || indexField === "" || indexField.startsWith("$") || indexField.includes("."))
  ) {
    throw new MongoError(28810, "includeArrayIndex is carried as a plain field name only by the embedded store");
  }
  const parts = splitPath(path.slice(1));
  const reads = new Reads();
  reads.fields.add(parts[0] ?? "");
  return each(reads, false, (doc) => unwound(doc, parts, preserve, indexField));
}

function unwound(doc: Doc, parts: readonly string[], preserve: boolean, indexField: string | undefined): Doc[] {
  const value = valueAt(doc, parts);
  const numbered = (made: Doc, index: Long | null): Doc =>
    indexField === undefined ? made : { ...made, [indexField]: index };
  if (Array.isArray(value) && value.length > 0) {
    return value.map((element, index) => numbered(replacedAt(doc, parts, element), Long.fromNumber(index)));
  }
  const nothing = value === MISSING || value === null || value === undefined || Array.isArray(value);
  if (!nothing) return [numbered(doc, null)];
  if (!preserve) return [];
  return [numbered(Array.isArray(value) ? replacedAt(doc, parts, MISSING) : doc, null)];
}

function replacedAt(doc: Doc, parts: readonly string[], value: unknown): Doc {
  const [part = "", ...rest] = parts;
  const made = { ...doc };
  const below = made[part];
  if (rest.length > 0 && isDoc(below)) setField(made, part, replacedAt(below, rest, value));
  else if (value === MISSING) delete made[part];
  else setField(made, part, value);
  return made;
}

function replaceRoot(name: string, spec: unknown): Stage {
  if (spec === undefined) throw new MongoError(40231, "no newRoot specified for the $replaceRoot stage");
  const reads = new Reads();
  const evaluate = compileExpression(spec, reads);
  return transformed(reads, true, (scope) => {
    const root = evaluate(scope);
    if (isDoc(root)) return root;
    throw new MongoError(
      40228,
      `'newRoot' expression ${name === "$replaceWith" ? "in $replaceWith " : ""}must evaluate to an object, but resulting value was of type: ${root === MISSING ? "missing" : typeName(root)}`,
    );
  });
}

function facet(spec: unknown): Stage {
  if (!isDoc(spec) || Object.keys(spec).length === 0)
    throw new MongoError(40169, "the $facet specification must be a non-empty object");
  const branches = Object.entries(spec).map(([name, pipeline]) => {
    if (!Array.isArray(pipeline))
      throw new MongoError(40170, `arguments to $facet must be arrays, ${name} is type ${typeName(pipeline)}`);
    if (pipeline.some((element) => stageOf(element).name === "$facet"))
      throw new MongoError(40600, "$facet is not allowed to be used within a $facet stage");
    return { name, stages: compilePipeline(pipeline) };
  });
  const reads = new Reads();
  for (const { stages } of branches) {
    const fields = fieldsRead(stages);
    if (fields === "all") reads.all = true;
    else for (const field of fields) reads.fields.add(field);
  }
  return {
    reads,
    closes: true,
    start: (now) => {
      const running = branches.map(({ name, stages }) => ({
        name,
        pipeline: new RunningPipeline(stages, now),
        found: [] as Doc[],
      }));
      return {
        take: (documents) => {
          for (const branch of running)
            if (!branch.pipeline.full) branch.found.push(...branch.pipeline.take(documents));
          return [];
        },
        end: () => [
          Object.fromEntries(running.map(({ name, pipeline, found }) => [name, [...found, ...pipeline.end()]])),
        ],
      };
    },
  };
}

/** The top-level fields of the stored documents that these stages can ever look at: nothing else is decoded. */
export function fieldsRead(stages: readonly Stage[]): Set<string> | "all" {
  const fields = new Set<string>();
  for (const { reads, closes } of stages) {
    if (reads.all) return "all";
    for (const field of reads.fields) fields.add(field);
    if (closes) return fields;
  }
  return "all";
}
