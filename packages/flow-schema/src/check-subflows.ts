import Value from "typebox/value";
import type { CompanyFacts, SubflowResolver } from "./company-facts.ts";
import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { NodeTypeRegistry, SubflowUse } from "./node-type-registry.ts";
import type { SoundNode } from "./sound-node.ts";
import { MAX_SUBFLOW_DEPTH } from "./subflow-depth.ts";

/**
 * What is wrong with the flows that run inside this one: missing, circular, too deep, broken themselves, or not fitting the node that runs
 * them. Only where the company's facts say how to find them.
 */
export function* checkSubflows(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  sound: readonly SoundNode[],
  company: CompanyFacts,
  validate: (inner: FlowDocument) => readonly Finding[],
): Iterable<Finding> {
  const { subflow } = company;
  if (!subflow) return;
  for (const { node, index, facts } of sound) {
    const use = facts.subflow?.(node.config) ?? null;
    if (use === null) continue;
    const where = { nodeId: node.id, pointer: `/nodes/${index}/config` };
    const names = { node: node.name, flow: use.flowId };
    const inner = subflow(use.flowId);
    if (!inner) {
      yield finding("subflowMissing", where, names);
      continue;
    }
    const round = wayBack(document.id, use.flowId, registry, subflow);
    if (round === "tooDeep") yield finding("subflowTooDeep", where, { ...names, limit: MAX_SUBFLOW_DEPTH });
    else if (round !== null) yield finding("subflowRecursive", where, { ...names, path: round.join(" → ") });
    else yield* checkUse(use, inner, { document, registry, validate }, where, names);
  }
}

type Where = { readonly nodeId: string; readonly pointer: string };
type Names = { readonly node: string; readonly flow: string };
interface Around {
  readonly document: FlowDocument;
  readonly registry: NodeTypeRegistry;
  /** Everything that is wrong with a flow that runs inside, of which the first error is passed on. */
  readonly validate: (inner: FlowDocument) => readonly Finding[];
}

function* checkUse(
  use: SubflowUse,
  inner: FlowDocument,
  { document, registry, validate }: Around,
  where: Where,
  names: Names,
): Iterable<Finding> {
  if (Object.keys(inner.parameters).length > 0) yield finding("subflowTemplate", where, names);
  const broken = validate(inner).find(({ severity }) => severity === "error");
  if (broken) {
    const { fr, en } = broken.message;
    const french = finding("subflowBroken", where, { ...names, reason: fr });
    const english = finding("subflowBroken", where, { ...names, reason: en });
    yield { ...english, message: { fr: french.message.fr, en: english.message.en } };
  }
  for (const name of Object.keys(use.inputs)) {
    if (!inner.inputs.includes(name)) yield finding("subflowInputUnknown", where, { ...names, name });
    const secret = use.inputVariables[name]?.find((variable) => document.variables[variable]?.secret);
    if (secret !== undefined && !inner.variables[name]?.secret) {
      yield finding("subflowSecretInput", where, { ...names, name, variable: secret });
    }
  }
  for (const name of inner.inputs) {
    if (!Object.hasOwn(use.inputs, name)) {
      yield finding("subflowInputMissing", { ...where, severity: "warning" }, { ...names, name });
    }
  }
  yield* checkTaken(use, inner, document, where, names);
  const exits = exitsOf(inner, registry);
  for (const output of exits) {
    if (!use.outputs.includes(output)) yield finding("subflowOutputUnknown", where, { ...names, output });
  }
  if (exits.size === 0) yield finding("subflowNeverEnds", { ...where, severity: "warning" }, names);
}

function* checkTaken(
  use: SubflowUse,
  inner: FlowDocument,
  document: FlowDocument,
  where: Where,
  names: Names,
): Iterable<Finding> {
  for (const [variable, name] of Object.entries(use.results)) {
    if (!inner.results.includes(name)) {
      yield finding("subflowResultUnknown", where, { ...names, name });
      continue;
    }
    const taken = document.variables[variable];
    const given = inner.variables[name];
    if (!taken || !given) continue;
    if (taken.type !== given.type) yield finding("subflowResultType", where, { ...names, variable, name });
    if (given.secret && !taken.secret) yield finding("subflowSecret", where, { ...names, variable, name });
  }
}

/** The outputs by which calls may leave a flow that runs as a sub-flow. */
function exitsOf(document: FlowDocument, registry: NodeTypeRegistry): ReadonlySet<string> {
  const exits = new Set<string>();
  for (const node of document.nodes) {
    const facts = registry.find(node.type, node.typeVersion);
    if (!facts?.exit || !Value.Check(facts.config, node.config)) continue;
    const output = facts.exit(node.config);
    if (output !== null) exits.add(output);
  }
  return exits;
}

/** The flows through which `from` comes to run `target` or itself again; null when it never does. */
function wayBack(
  target: string,
  from: string,
  registry: NodeTypeRegistry,
  subflow: SubflowResolver,
): readonly string[] | "tooDeep" | null {
  const harmless = new Set<string>();
  const visit = (flowId: string, path: readonly string[]): readonly string[] | "tooDeep" | null => {
    const here = [...path, flowId];
    if (flowId === target || path.includes(flowId)) return here;
    if (harmless.has(flowId)) return null;
    if (here.length > MAX_SUBFLOW_DEPTH) return "tooDeep";
    const document = subflow(flowId);
    for (const next of document ? subflowsOf(document, registry) : []) {
      const found = visit(next, here);
      if (found !== null) return found;
    }
    harmless.add(flowId);
    return null;
  };
  return visit(
    from,
    [target].filter((one) => one !== from),
  );
}

function subflowsOf(document: FlowDocument, registry: NodeTypeRegistry): readonly string[] {
  return document.nodes.flatMap((node) => {
    const facts = registry.find(node.type, node.typeVersion);
    if (!facts?.subflow || !Value.Check(facts.config, node.config)) return [];
    const use = facts.subflow(node.config);
    return use === null ? [] : [use.flowId];
  });
}
