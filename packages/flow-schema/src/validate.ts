import { adopt } from "./adopt.ts";
import { checkAnswer } from "./check-answer.ts";
import { checkGraph } from "./check-graph.ts";
import { checkLoops } from "./check-loops.ts";
import { checkReferences } from "./check-references.ts";
import { checkSettings } from "./check-settings.ts";
import { checkSubflows } from "./check-subflows.ts";
import { checkTemplate, isTemplate, sampleAnswers } from "./check-template.ts";
import type { CompanyFacts } from "./company-facts.ts";
import { checkEveryday } from "./everyday/check-everyday.ts";
import { type Finding, finding } from "./finding.ts";
import { mostFindings } from "./findings-limit.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";
import { createPassesAtOnce } from "./passes-at-once.ts";
import { checkBehaviour, createRuleWorld } from "./rules/index.ts";
import type { RuleWorld } from "./rules/rule-world.ts";
import { withPaths } from "./rules/with-paths.ts";
import { createSubflowUses, type SubflowUses } from "./subflow-uses.ts";

/**
 * Everything that is wrong with a flow of the right shape: settings of its nodes, references, connections, circles without input. A
 * flow without findings of severity `error` compiles (a template once it is adopted); a flow without any leaves no caller in silence.
 * Pure; time grows with the size of what is read, whoever wrote it; of very many findings the first are given, and that there are more.
 */
export function validate(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  company: CompanyFacts = {},
  { behaviour = true }: ValidateOptions = {},
): readonly Finding[] {
  return validateAny(document, {
    ...{ registry, behaviour },
    company,
    passesAtOnce: createPassesAtOnce(registry, company.subflow),
    uses: createSubflowUses(registry, company.subflow),
    inside: new Map(),
  });
}

export interface ValidateOptions {
  /** Whether the rules of how it behaves towards callers are asked too. They only warn: who compiles a flow need not. */
  readonly behaviour?: boolean;
}

interface World {
  readonly behaviour: boolean;
  readonly registry: NodeTypeRegistry;
  readonly company: CompanyFacts;
  readonly passesAtOnce: ReturnType<typeof createPassesAtOnce>;
  readonly uses: SubflowUses;
  /** What is wrong with the flows that run inside, by id: however many nodes run one, it is looked at once. */
  readonly inside: Map<string, readonly Finding[]>;
}

function validateAny(document: FlowDocument, world: World): readonly Finding[] {
  return isTemplate(document) ? mostFindings(templateFindings(document, world)) : flowFindings(document, world);
}

/**
 * A template is checked as the flow that comes of it, with answers that fit; that the company has what they name cannot be said yet. Where
 * a company's facts are given somebody means to use the flow: a template cannot be, before it is adopted.
 */
function* templateFindings(document: FlowDocument, world: World): Iterable<Finding> {
  const { queue, subflow, builtIn } = world.company;
  yield* checkTemplate(document);
  if (queue !== undefined) yield finding("templateNotAdopted", { pointer: "/parameters" });
  const adopted = adopt(document, sampleAnswers(document));
  if (!adopted.ok) return;
  const company = { ...(subflow === undefined ? {} : { subflow }), ...(builtIn === undefined ? {} : { builtIn }) };
  yield* flowFindings(adopted.document, { ...world, company });
}

function flowFindings(document: FlowDocument, world: World): readonly Finding[] {
  const settings = checkSettings(document, world.registry);
  if (!world.behaviour) return mostFindings(allFindings(document, world, settings, null));
  const rules = createRuleWorld(document, settings.sound, world.registry, world.company);
  return withPaths(mostFindings(allFindings(document, world, settings, rules)), rules);
}

function* allFindings(
  document: FlowDocument,
  world: World,
  settings: ReturnType<typeof checkSettings>,
  rules: RuleWorld | null,
): Iterable<Finding> {
  const { registry, company, passesAtOnce, uses, inside } = world;
  yield* settings.findings;
  yield* checkReferences(document, registry, settings.sound, company);
  yield* checkEveryday(document, registry);
  yield* checkGraph(document, settings.sound);
  yield* checkLoops(document, settings.sound, passesAtOnce);
  if (rules) yield* checkBehaviour(rules);
  if (company.heardUnanswered?.has(document.id)) yield* checkAnswer(document, settings.sound, passesAtOnce);
  yield* checkSubflows(document, uses, settings.sound, company, (flowId, inner) => {
    const known = inside.get(flowId);
    if (known) return known;
    // Until it is known nothing is: one that runs itself is another finding. Only its errors are passed on.
    inside.set(flowId, []);
    const found = validateAny(inner, { ...world, behaviour: false });
    inside.set(flowId, found);
    return found;
  });
}
