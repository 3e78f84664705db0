import {
  type Finding,
  type FlowDocument,
  finding,
  isTemplate,
  type NodeTypeRegistry,
  promptLanguages,
  type SubflowResolver,
  validate,
} from "@cordboard/flow-schema";
import { compileExpression, type Expression, type NodeType, templatePlaces } from "@cordboard/node-kit";
import type { CompiledFlow, CompiledPrompt, NamedPrompt } from "./compiled-flow.ts";
import { createFlowMachine } from "./flow-machine.ts";
import { machineJson } from "./machine-json.ts";
import { partsOf, withPromptsOf } from "./parts.ts";

export type Compilation =
  | { readonly ok: true; readonly flow: CompiledFlow; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

export interface CompileOptions {
  /** Outputs may be unconnected: a call that leaves by one takes the error path. */
  readonly draft?: boolean;
  /** The flows that run inside this one, by id: for a published version, those that were pinned with it. */
  readonly subflow?: SubflowResolver;
}

/** Findings that a running flow answers by the error path: a draft may be tried with them, but not published. */
const SURVIVABLE: ReadonlySet<string> = new Set(["outputUnconnected"]);

/**
 * A flow document ready to carry calls, or the findings that forbid it. Costs about as much as reading the document: hosts keep the result per flow version.
 */
export function compile(
  source: FlowDocument,
  registry: NodeTypeRegistry<NodeType>,
  options: CompileOptions = {},
): Compilation {
  const subflow = options.subflow ?? (() => undefined);
  const own = isTemplate(source) ? [finding("templateNotAdopted", { pointer: "/parameters" })] : [];
  const findings = [...own, ...validate(source, registry, { subflow }, { behaviour: false })];
  const forbids = ({ severity, code }: Finding) => severity === "error" && !(options.draft && SURVIVABLE.has(code));
  if (findings.some(forbids)) return { ok: false, findings };
  const parts = partsOf(source, registry, subflow);
  const document = withPromptsOf(source, parts);
  const json = machineJson(source, registry, parts);
  const expressions = new Map<string, Expression>();
  const prompts = new Map<string, CompiledPrompt>();
  const flow: CompiledFlow = {
    document,
    findings,
    json,
    machine: createFlowMachine(json),
    patterns: new Map(),
    expression: (source) => remembered(expressions, source, () => compileExpression(source)),
    prompt: (choice, language) =>
      remembered(prompts, promptKey(choice, language), () => compilePrompt(document, choice, language)),
    part: (path) => parts.get(path) ?? source,
  };
  return { ok: true, flow, findings };
}

function promptKey(choice: NamedPrompt, language: string): string {
  return choice.kind === "flow" ? `flow ${language} ${choice.promptId}` : `builtIn ${language} ${choice.name}`;
}

function compilePrompt(document: FlowDocument, choice: NamedPrompt, language: string): CompiledPrompt {
  if (choice.kind === "builtIn") return { choice, language, text: "", places: [], fallback: null };
  const available = promptLanguages(document, choice.promptId);
  const heard = available.includes(language) ? language : available[0];
  if (heard === undefined) {
    const problem: NamedPrompt = { kind: "builtIn", name: "technicalProblem" };
    return { choice: problem, language, text: "", places: [], fallback: "promptMissing" };
  }
  const text = document.prompts[choice.promptId]?.texts[heard] ?? "";
  const fallback = heard === language ? null : "promptFellBack";
  return { choice, language: heard, text, places: templatePlaces(text), fallback };
}

function remembered<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
