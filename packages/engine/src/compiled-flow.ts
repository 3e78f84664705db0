import type { Finding, FlowDocument } from "@cordboard/flow-schema";
import type { Expression, FlowEvent, PromptChoice, TemplatePlace } from "@cordboard/node-kit";
import type { AnyMachineSnapshot, AnyStateMachine } from "xstate";
import type { MachineJson } from "./machine-types.ts";

/** A flow ready to carry calls. Made once per flow version and shared by its calls; it remembers nothing of any call that matters. */
export interface CompiledFlow {
  /** With the prompts of its sub-flows, under the path of the node that runs them: `n1/greeting`. */
  readonly document: FlowDocument;
  readonly findings: readonly Finding[];
  /** The machine as JSON: nodes are states, guards and actions are named objects. */
  readonly json: MachineJson;
  readonly machine: AnyStateMachine;
  /** The flow itself (`""`), or the sub-flow that runs in a node, by the node's path: `n1`, `n1/n4`. */
  part(path: string): FlowDocument;
  /** Expressions by source, compiled when first asked for. */
  expression(source: string): Expression;
  /** What a prompt is in a language, with the places of its text. */
  prompt(choice: NamedPrompt, language: string): CompiledPrompt;
  /** XState's snapshots without a context, by state value: at most one a state, whatever the number of calls. */
  readonly patterns: Map<string, AnyMachineSnapshot>;
}

/** The prompts that are the same for every caller of a language. */
export type NamedPrompt = Extract<PromptChoice, { readonly kind: "flow" | "builtIn" }>;

export interface CompiledPrompt {
  readonly choice: NamedPrompt;
  /** The language in which it will be heard. */
  readonly language: string;
  readonly text: string;
  readonly places: readonly TemplatePlace[];
  /** Null, or why it is not what was asked for. */
  readonly fallback: "promptFellBack" | "promptMissing" | null;
}

type Digits = Extract<FlowEvent, { readonly type: "input.digits" }>;

/**
 * What the machine is stepped with: `advance` and what a host sends, after the engine's filter. `oneKey`: a single key was listened for, in a
 * question or in what was played; keys of the whole flow count then.
 */
export type MachineEvent = Exclude<FlowEvent, Digits> | (Digits & { readonly oneKey: boolean });
