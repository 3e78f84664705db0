import { adopt } from "./adopt.ts";
import { checkGraph } from "./check-graph.ts";
import { checkLoops } from "./check-loops.ts";
import { checkReferences } from "./check-references.ts";
import { checkSettings } from "./check-settings.ts";
import { checkSubflows } from "./check-subflows.ts";
import { checkTemplate, isTemplate, sampleAnswers } from "./check-template.ts";
import type { CompanyFacts } from "./company-facts.ts";
import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";
import { passesAtOnce } from "./passes-at-once.ts";

/**
 * Everything that is wrong with a flow of the right shape: settings of its nodes, references, connections, circles without input. A
 * flow without findings of severity `error` compiles (a template once it is adopted); a flow without any leaves no caller in silence. Pure; time grows with the size.
 */
export function validate(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  company: CompanyFacts = {},
): readonly Finding[] {
  return isTemplate(document)
    ? validateTemplate(document, registry, company)
    : validateFlow(document, registry, company);
}

/**
 * A template is checked as the flow that comes of it, with answers that fit; that the company has what they name cannot be said yet. Where
 * a company's facts are given somebody means to use the flow: a template cannot be, before it is adopted.
 */
function validateTemplate(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  { queue, subflow, builtIn }: CompanyFacts,
): readonly Finding[] {
  const own = [...checkTemplate(document)];
  if (queue !== undefined) own.push(finding("templateNotAdopted", { pointer: "/parameters" }));
  // Questions that are wrong themselves are refused by it before they are asked.
  const adopted = adopt(document, sampleAnswers(document));
  if (!adopted.ok) return own;
  const facts = { ...(subflow === undefined ? {} : { subflow }), ...(builtIn === undefined ? {} : { builtIn }) };
  return [...own, ...validateFlow(adopted.document, registry, facts)];
}

function validateFlow(document: FlowDocument, registry: NodeTypeRegistry, company: CompanyFacts): readonly Finding[] {
  const settings = checkSettings(document, registry);
  return [
    ...settings.findings,
    ...checkReferences(document, registry, settings.sound, company),
    ...checkGraph(document, settings.sound),
    ...checkLoops(document, settings.sound, (node) => passesAtOnce(node, registry, company.subflow)),
    ...checkSubflows(document, registry, settings.sound, company, (inner) => validate(inner, registry, company)),
  ];
}
