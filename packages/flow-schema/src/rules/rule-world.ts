import type { CompanyFacts } from "../company-facts.ts";
import type { NodeTypeRegistry } from "../node-type-registry.ts";
import type { FirstPaths } from "./first-paths.ts";
import type { FlowGraph } from "./flow-graph.ts";
import type { PathMaker } from "./found-path.ts";

/** What each rule of behaviour goes by. */
export interface RuleWorld {
  readonly graph: FlowGraph;
  readonly firstPaths: FirstPaths;
  readonly paths: PathMaker;
  readonly registry: NodeTypeRegistry;
  readonly company: CompanyFacts;
}

/** Nothing is heard for longer than a caller takes for a fault. */
export const SILENCE_MS = 15_000;
/** A caller who has not been led to anybody after so long has called in vain. */
export const PERSON_MS = 600_000;
/** How long callers bear what a node lets them wait for, milliseconds. */
export const PATIENCE_MS = { ring: 60_000, queue: 1_800_000, system: 30_000 } as const;
/** A question's patience that suits most callers: what is put in place of a longer one. */
export const QUESTION_MS = 8_000;
