import type {
  ConfigProblem,
  DocumentFacts,
  FlowVariable,
  NodeTypeFacts,
  Patience,
  Reference,
  SubflowUse,
  WayOut,
  Write,
} from "@cordboard/flow-schema";
import type { Static, TSchema } from "typebox";
import { checkExpression, expressionVariables } from "./expression.ts";
import { expressionProblem } from "./expression-problem.ts";
import type { NodeStates } from "./node-states.ts";
import type { Steps } from "./steps.ts";
import { checkTemplate, templateVariables } from "./template.ts";

/** Where a node type stands in the palette. */
export type NodeGroup = "say" | "ask" | "decide" | "reach" | "operator" | "end";

/** What a person reads of a node type, in one language. Settings are named by their path: `choices.digit`. */
export interface NodeTexts {
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Names of the outputs that are always called the same; choices bring their own names. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** How a setting is shown; the form itself follows from the schema. The widget is named here and drawn by the designer. */
export interface FormHint {
  readonly widget:
    | "prompt"
    | "queue"
    | "telephone"
    | "script"
    | "variable"
    | "expression"
    | "template"
    | "secretTemplate"
    | "list"
    | "duration"
    | "digits"
    | "keys"
    | "number"
    | "percent"
    | "language"
    | "schedule"
    | "voicemailBox"
    | "skill"
    | "contactSource"
    | "flow"
    | "flowInputs"
    | "flowResults";
}

/** An expression in a node's settings. `returns`: what it must give; `into`: the variable that takes its value. */
export interface ExpressionUse {
  readonly source: string;
  readonly pointer: string;
  readonly returns?: FlowVariable["type"];
  readonly into?: string;
}

/** A text with `{{ … }}` in a node's settings. */
export interface TemplateUse {
  readonly text: string;
  readonly pointer: string;
  /** What comes of it is shown to nobody: it may name secret variables. */
  readonly hides?: boolean;
}

export interface NodeDefinition<S extends TSchema> {
  readonly type: string;
  /** Raised when the states change: calls under way stay on the version they began with. */
  readonly typeVersion: number;
  readonly group: NodeGroup;
  /** An SVG path on a 24 × 24 grid, drawn as a line. */
  readonly icon: string;
  readonly config: S;
  /** The settings that a new node begins with; of the schema's shape, references empty. */
  readonly initial: Static<S>;
  readonly texts: { readonly fr: NodeTexts; readonly en: NodeTexts };
  readonly form: Readonly<Record<string, FormHint>>;
  /** Settings that nothing reads as the others are: forms leave them out. They are kept, for whoever chooses otherwise again. */
  unused?(config: Static<S>): readonly (keyof Static<S> & string)[];
  /** Ids, so that changing a key or a name breaks no edge. */
  outputs(config: Static<S>): readonly string[];
  quietOutputs?(config: Static<S>): readonly string[];
  references?(config: Static<S>): readonly Reference[];
  expressions?(config: Static<S>): readonly ExpressionUse[];
  templates?(config: Static<S>): readonly TemplateUse[];
  /** See NodeTypeFacts.fallbacks. */
  fallbacks?(config: Static<S>): Readonly<Record<string, string>>;
  /** See NodeTypeFacts.lastResorts. */
  lastResorts?(config: Static<S>): Readonly<Record<string, string>>;
  /** What only this type can see in its settings (a key given twice), and in the document around them. */
  check?(config: Static<S>, facts: DocumentFacts): readonly ConfigProblem[];
  /** One line for the box on the canvas. */
  summary(config: Static<S>): string;
  /** See NodeTypeFacts.waits. */
  waits(config: Static<S>): boolean;
  /** See NodeTypeFacts.unansweredOutputs. */
  unansweredOutputs?(config: Static<S>): readonly string[];
  /** See NodeTypeFacts.keys, subflow and exit. */
  keys?(config: Static<S>): string;
  subflow?(config: Static<S>): SubflowUse | null;
  exit?(config: Static<S>): string | null;
  /** See NodeTypeFacts.ways, patience and writes. */
  ways?(config: Static<S>): Readonly<Record<string, WayOut>>;
  patience?(config: Static<S>): readonly Patience[];
  writes?(config: Static<S>): readonly Write[];
  states(config: Static<S>, steps: Steps): NodeStates;
}

/** A node type as registries hold it: settings are `unknown` to the outside and were checked by the schema before they come here. */
export interface NodeType extends NodeTypeFacts {
  readonly group: NodeGroup;
  readonly icon: string;
  readonly initial: unknown;
  readonly texts: { readonly fr: NodeTexts; readonly en: NodeTexts };
  readonly form: Readonly<Record<string, FormHint>>;
  /** See NodeDefinition.unused. */
  unused?(config: unknown): readonly string[];
  summary(config: unknown): string;
  states(config: unknown, steps: Steps): NodeStates;
}

/** A node type that remembers the type of its settings, for tests and scenarios that write them in TypeScript. */
export interface TypedNodeType<Config> extends NodeType {
  readonly initial: Config;
}

/**
 * A node type from its definition. Adds what every type needs: checks of its expressions and templates against the document (also
 * that secrets stay secret), and the border where settings of unknown type become settings of its own.
 */
export function defineNode<S extends TSchema>(definition: NodeDefinition<S>): TypedNodeType<Static<S>> {
  // The one place where a type is asserted: validate and compile check settings by this very schema before they ask anything.
  const own = (config: unknown) => config as Static<S>;
  return {
    type: definition.type,
    typeVersion: definition.typeVersion,
    group: definition.group,
    icon: definition.icon,
    config: definition.config,
    initial: definition.initial,
    texts: definition.texts,
    form: definition.form,
    unused: (config) => definition.unused?.(own(config)) ?? [],
    outputs: (config) => definition.outputs(own(config)),
    quietOutputs: (config) => definition.quietOutputs?.(own(config)) ?? [],
    fallbacks: (config) => definition.fallbacks?.(own(config)) ?? {},
    lastResorts: (config) => definition.lastResorts?.(own(config)) ?? {},
    references: (config) => definition.references?.(own(config)) ?? [],
    summary: (config) => definition.summary(own(config)),
    waits: (config) => definition.waits(own(config)),
    unansweredOutputs: (config) => definition.unansweredOutputs?.(own(config)) ?? [],
    keys: (config) => definition.keys?.(own(config)) ?? "",
    subflow: (config) => definition.subflow?.(own(config)) ?? null,
    exit: (config) => definition.exit?.(own(config)) ?? null,
    ways: (config) => definition.ways?.(own(config)) ?? null,
    patience: (config) => definition.patience?.(own(config)) ?? [],
    writes: (config) => definition.writes?.(own(config)) ?? [],
    reads: (config) => readsOf(definition, own(config)),
    states: (config, steps) => definition.states(own(config), steps),
    check: (config, facts) => [
      ...(definition.check?.(own(config), facts) ?? []),
      ...(definition.expressions?.(own(config)) ?? []).flatMap((use) => checkUse(use, facts)),
      ...(definition.templates?.(own(config)) ?? []).flatMap(({ text, pointer, hides }) =>
        checkTemplate(text, facts, pointer, hides),
      ),
    ],
  };
}

/** What expressions and texts name; of expressions that give a variable its value, those after it find it set. */
function readsOf<S extends TSchema>(definition: NodeDefinition<S>, config: Static<S>): readonly string[] {
  const names = new Set<string>();
  const set = new Set<string>();
  for (const { source, into } of definition.expressions?.(config) ?? []) {
    for (const name of expressionVariables(source)) if (!set.has(name)) names.add(name);
    if (into !== undefined) set.add(into);
  }
  for (const { text } of definition.templates?.(config) ?? []) {
    for (const name of templateVariables(text)) names.add(name);
  }
  return [...names];
}

function checkUse(use: ExpressionUse, facts: DocumentFacts): readonly ConfigProblem[] {
  const { source, pointer, into } = use;
  const target = into !== undefined && Object.hasOwn(facts.variables, into) ? facts.variables[into] : undefined;
  const returns = use.returns ?? target?.type;
  const problems = [...checkExpression(source, facts, returns === undefined ? { pointer } : { pointer, returns })];
  if (target && into !== undefined && !target.secret) {
    for (const name of expressionVariables(source)) {
      if (Object.hasOwn(facts.variables, name) && facts.variables[name]?.secret) {
        problems.push(expressionProblem("secretCopied", pointer, { name, target: into, source }));
      }
    }
  }
  return problems;
}
