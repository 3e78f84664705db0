import type { TSchema } from "typebox";
import type { Sentence, Severity } from "./finding.ts";
import type { FlowVariable } from "./flow-document.ts";
import type { Patience, WayOut, Write } from "./way-out.ts";

/** Something that a node's settings name, and where. `prompt` and `variable` are the flow's own; the others are the company's. */
export interface Reference {
  readonly kind:
    | "prompt"
    | "variable"
    | "queue"
    | "script"
    | "telephone"
    | "schedule"
    | "voicemailBox"
    | "connector"
    | "secret"
    | "flow"
    | "skill";
  readonly id: string;
  /** JSON pointer inside the node's config. */
  readonly pointer: string;
}

/** A node that runs another flow inside this one. */
export interface SubflowUse {
  readonly flowId: string;
  /** Expressions of this flow, by the sub-flow's variable that takes the value. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The variables of this flow that each of these expressions reads. */
  readonly inputVariables: Readonly<Record<string, readonly string[]>>;
  /** Results of the sub-flow, by this flow's variable that takes the value. */
  readonly results: Readonly<Record<string, string>>;
  /** The outputs by which the sub-flow may end. */
  readonly outputs: readonly string[];
}

/** What a node type may know of the document around a node when it checks the node's settings. */
export interface DocumentFacts {
  readonly languages: readonly string[];
  readonly variables: Readonly<Record<string, FlowVariable>>;
}

/** Something that a node type, or the language of expressions, has to say about settings or a text. */
export interface ConfigProblem {
  readonly code: string;
  readonly severity: Severity;
  /** JSON pointer inside the node's config (or inside the text's place). */
  readonly pointer: string;
  readonly message: Sentence;
}

/** What validation must know of a node type. `defineNode` (node-kit) makes objects that fit. `config` was checked by the schema before. */
export interface NodeTypeFacts {
  readonly type: string;
  readonly typeVersion: number;
  readonly config: TSchema;
  /** How settings are shown, by their path, which tells what they hold (an expression, a queue). Where nothing is said, the schema's format does. */
  readonly form?: Readonly<Record<string, { readonly widget: string }>>;
  outputs(config: unknown): readonly string[];
  /** Outputs that may stay unconnected: the call then ends quietly, because the caller has had what they called for. */
  quietOutputs(config: unknown): readonly string[];
  /** Outputs that, while they are unconnected, lead where another one leads: a holiday where nothing else is said of it is closed. */
  fallbacks?(config: unknown): Readonly<Record<string, string>>;
  /** Outputs that, while neither they nor what they fall back on are connected, lead to a state of the node itself, which ends the call with a word. */
  lastResorts?(config: unknown): Readonly<Record<string, string>>;
  references(config: unknown): readonly Reference[];
  /** Whether a call stays here until somebody does something or a stated time has passed. A circle needs one that does. */
  waits(config: unknown): boolean;
  /**
   * Of a type that waits: the outputs by which a call that was not answered may leave it without having been answered there. Absent: it
   * hears, records or rings somebody, which answers.
   */
  unansweredOutputs?(config: unknown): readonly string[];
  /** The keys that the node uses itself while it lasts, as `"12*"`: there they are not the flow's. */
  keys?(config: unknown): string;
  /** The flow that runs in the node, of a type that does such a thing. */
  subflow?(config: unknown): SubflowUse | null;
  /** The output of the sub-flow by which a call leaves it here, of a type that ends sub-flows. */
  exit?(config: unknown): string | null;
  /**
   * How calls leave by each output, and, under `""`, what is heard at the end of one that ends here. An output that is not named is left as
   * the flow's own conditions or the world want it, at once. Absent: nothing is known, and the rules of behaviour say nothing of it.
   */
  ways?(config: unknown): Readonly<Record<string, WayOut>> | null;
  /** The times in the settings that callers have to bear. */
  patience?(config: unknown): readonly Patience[];
  /** The variables whose values the node needs, besides those in prompts that it says. */
  reads?(config: unknown): readonly string[];
  writes?(config: unknown): readonly Write[];
  check(config: unknown, facts: DocumentFacts): readonly ConfigProblem[];
}

/** The node types that are known, by type and version, and the checks of what texts may contain. */
export interface NodeTypeRegistry<T extends NodeTypeFacts = NodeTypeFacts> {
  find(type: string, typeVersion: number): T | undefined;
  /** The versions known of a type, ascending; empty when the type is unknown. */
  versions(type: string): readonly number[];
  all(): readonly T[];
  /** Problems of the `{{ … }}` places of a prompt's text. */
  checkText(text: string, facts: DocumentFacts): readonly ConfigProblem[];
  /** The variables that such places read. */
  textVariables?(text: string): readonly string[];
}
