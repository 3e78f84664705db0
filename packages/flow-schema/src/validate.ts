import { checkGraph } from "./check-graph.ts";
import { checkLoops } from "./check-loops.ts";
import { checkReferences } from "./check-references.ts";
import { checkSettings } from "./check-settings.ts";
import { checkSubflows } from "./check-subflows.ts";
import type { CompanyFacts } from "./company-facts.ts";
import type { Finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";
import { passesAtOnce } from "./passes-at-once.ts";

/**
 * Everything that is wrong with a flow of the right shape: settings of its nodes, references, connections, circles without input. A
 * flow without findings of severity `error` compiles; a flow without any leaves no caller in silence. Pure; time grows with the size.
 */
export function validate(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  company: CompanyFacts = {},
): readonly Finding[] {
  const settings = checkSettings(document, registry);
  return [
    ...settings.findings,
    ...checkReferences(document, registry, settings.sound, company),
    ...checkGraph(document, settings.sound),
    ...checkLoops(document, settings.sound, (node) => passesAtOnce(node, registry, company.subflow)),
    ...checkSubflows(document, registry, settings.sound, company, (inner) => validate(inner, registry, company)),
  ];
}
