import type { CompanyFacts, SubflowResolver } from "./company-facts.ts";
import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { SubflowUse } from "./node-type-registry.ts";
import type { SoundNode } from "./sound-node.ts";
import { MAX_NODES_WITH_SUBFLOWS, MAX_SUBFLOW_DEPTH } from "./subflow-depth.ts";
import type { SubflowUses } from "./subflow-uses.ts";

/**
 * What is wrong with the flows that run inside this one: missing, circular, too deep, too large in all, broken themselves, or not fitting
 * the node that runs them. Only where the company's facts say how to find them. `validate` is asked of each flow once, so time grows with
 * what there is to read, not with the ways through it.
 */
export function* checkSubflows(
  document: FlowDocument,
  uses: SubflowUses,
  sound: readonly SoundNode[],
  company: CompanyFacts,
  validate: (flowId: string, inner: FlowDocument) => readonly Finding[],
): Iterable<Finding> {
  const { subflow } = company;
  if (!subflow) return;
  const rounds = new Map<string, Round>();
  const roundOf = (flowId: string): Round => {
    const known = rounds.get(flowId);
    if (known !== undefined) return known;
    const round = wayBack(document.id, flowId, uses, subflow);
    rounds.set(flowId, round);
    return round;
  };
  const goesRound = [...uses.named(document)].some((flowId) => roundOf(flowId) !== null);
  if (!goesRound && uses.nodesInAll(document) > MAX_NODES_WITH_SUBFLOWS) {
    yield finding("subflowsTooLarge", { pointer: "/nodes" }, { limit: MAX_NODES_WITH_SUBFLOWS });
  }
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
    const round = roundOf(use.flowId);
    if (round === "tooDeep") yield finding("subflowTooDeep", where, { ...names, limit: MAX_SUBFLOW_DEPTH });
    else if (round !== null) yield finding("subflowRecursive", where, { ...names, path: round.join(" → ") });
    else yield* checkUse(use, inner, { document, uses, validate }, where, names);
  }
}

/** The flows through which one comes to itself again; null when it never does. */
type Round = readonly string[] | "tooDeep" | null;

type Where = { readonly nodeId: string; readonly pointer: string };
type Names = { readonly node: string; readonly flow: string };
interface Around {
  readonly document: FlowDocument;
  readonly uses: SubflowUses;
  /** Everything that is wrong with a flow that runs inside, of which the first error is passed on. */
  readonly validate: (flowId: string, inner: FlowDocument) => readonly Finding[];
}

function* checkUse(
  use: SubflowUse,
  inner: FlowDocument,
  { document, uses, validate }: Around,
  where: Where,
  names: Names,
): Iterable<Finding> {
  if (Object.keys(inner.parameters).length > 0) yield finding("subflowTemplate", where, names);
  const broken = validate(use.flowId, inner).find(({ severity }) => severity === "error");
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
  const exits = uses.exits(inner);
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

/** The flows through which `from` comes to run `target` or itself again; null when it never does. */
function wayBack(target: string, from: string, uses: SubflowUses, subflow: SubflowResolver): Round {
  const harmless = new Set<string>();
  const visit = (flowId: string, path: readonly string[]): Round => {
    const here = [...path, flowId];
    if (flowId === target || path.includes(flowId)) return here;
    if (harmless.has(flowId)) return null;
    if (here.length > MAX_SUBFLOW_DEPTH) return "tooDeep";
    const document = subflow(flowId);
    for (const next of document ? uses.named(document) : []) {
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
