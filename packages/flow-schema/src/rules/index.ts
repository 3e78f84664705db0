import type { CompanyFacts } from "../company-facts.ts";
import type { Finding } from "../finding.ts";
import { MOST_OF_A_KIND } from "../findings-limit.ts";
import type { FlowDocument } from "../flow-document.ts";
import type { NodeTypeRegistry } from "../node-type-registry.ts";
import type { SoundNode } from "../sound-node.ts";
import { beyondPatience } from "./beyond-patience.ts";
import { endsUnhelped } from "./ends-unhelped.ts";
import { farFromPerson } from "./far-from-person.ts";
import { firstPaths } from "./first-paths.ts";
import { createFlowGraph } from "./flow-graph.ts";
import { createPathMaker } from "./found-path.ts";
import { inCompany } from "./in-company.ts";
import { longSilence } from "./long-silence.ts";
import { readBeforeSet } from "./read-before-set.ts";
import type { RuleWorld } from "./rule-world.ts";

/** The rules of how a flow behaves towards its callers. Each walks it once, and takes every output for possible. */
const rules: readonly ((world: RuleWorld) => Iterable<Finding>)[] = [
  endsUnhelped,
  longSilence,
  farFromPerson,
  beyondPatience,
  readBeforeSet,
  inCompany,
];

export function createRuleWorld(
  document: FlowDocument,
  sound: readonly SoundNode[],
  registry: NodeTypeRegistry,
  company: CompanyFacts,
): RuleWorld {
  const graph = createFlowGraph(document, sound);
  return { graph, registry, company, firstPaths: firstPaths(graph), paths: createPathMaker(graph, company.closedAt) };
}

/** Of each rule; of more than are shown, one more is enough to say that there are. */
const MOST = MOST_OF_A_KIND + 1;

export function* checkBehaviour(world: RuleWorld): Iterable<Finding> {
  for (const rule of rules) {
    let told = 0;
    for (const found of rule(world)) {
      yield found;
      if (++told === MOST) break;
    }
  }
}
