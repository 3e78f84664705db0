import { type Doc, isDoc, typeName } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { addFields, projectStage, replaceRoot, unset, unwind } from "./document-stages.ts";
import { Reads } from "./expression.ts";
import { limit, match, skip, sort } from "./flow-stages.ts";
import { count, group } from "./group-stages.ts";
import type { RunningStage, Stage } from "./stage.ts";

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
