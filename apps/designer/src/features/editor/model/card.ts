import type { FlowDocument, FlowNode } from "@cordboard/flow-schema";
import { outputsOf, referencesOf, soundTypeOf, spokenText, typeOf } from "./node-facts.ts";

/** One way out of a node, as its card shows it. */
export interface CardOutput {
  readonly id: string;
  readonly label: string;
  /** The telephone key that leads there. */
  readonly key: string | null;
  /** May stay unconnected: the call then ends quietly, or leaves by `like`. */
  readonly quiet: boolean;
  /** The name of the output by which calls leave while this one is not connected; null: there is none. */
  readonly like: string | null;
}

/** What stands on a node's card, so that it need not be opened to be understood. */
export interface Card {
  /** What the caller hears first. */
  readonly spoken: string | null;
  /** The rest in a line: which queue, which hours, which values. */
  readonly line: string;
  readonly outputs: readonly CardOutput[];
}

/** The names of the company's things, by kind and id. */
export type NameOf = (kind: string, id: string) => string | null;

interface Readers {
  /** Of the screens. */
  readonly screen: "fr" | "en";
  /** Of the flow. */
  readonly language: string;
  readonly nameOf: NameOf;
  /** What a built-in announcement says, in a language of the flow. */
  readonly builtInText: (name: string, language: string) => string | null;
}

/** The card of a node. Pure; cheap enough to be asked for at every change. */
export function cardOf(
  node: FlowNode,
  document: FlowDocument,
  { screen, language, nameOf, builtInText }: Readers,
): Card {
  const references = referencesOf(node);
  const type = soundTypeOf(node);
  const prompt = references.find(({ kind }) => kind === "prompt");
  const spoken = prompt ? spokenText(document, prompt.id, language, builtInText) : null;
  const names = references
    .filter(({ kind }) => kind !== "prompt" && kind !== "variable")
    .map(({ kind, id }) => nameOf(kind, id) ?? "…");
  const outputs = outputsOf(node, document);
  const quiet = new Set(type?.quietOutputs(node.config) ?? []);
  const own = ownOutputs(node.config);
  const fixed = typeOf(node)?.texts[screen].outputs ?? {};
  // Where outputs are named by the settings, they say it already.
  const summary = type && names.length === 0 && !prompt && own.size === 0 ? type.summary(node.config) : "";
  const fallbacks: Readonly<Record<string, string>> = type?.fallbacks?.(node.config) ?? {};
  const labelOf = (id: string) => cut(own.get(id)?.label ?? "", 48) || (fixed[id] ?? (own.get(id)?.key ? "" : id));
  return {
    spoken: spoken && cut(spoken, 80),
    line: cut(names.length > 0 ? names.join(" · ") : summary, 80),
    outputs: outputs.map((id) => ({
      id,
      label: labelOf(id),
      key: own.get(id)?.key ?? null,
      quiet: quiet.has(id) || fallbacks[id] !== undefined,
      like: fallbacks[id] === undefined ? null : labelOf(fallbacks[id]),
    })),
  };
}

/** At most so many characters, cut between words where there is one near the end. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most - 1);
  const space = start.lastIndexOf(" ");
  return `${space > most / 2 ? start.slice(0, space) : start}…`;
}

/** Outputs that settings name: elements of a list with an id of their own (a menu's choices, a condition's branches). */
export function ownOutputs(config: FlowNode["config"]): ReadonlyMap<string, { label: string; key: string | null }> {
  const found = new Map<string, { label: string; key: string | null }>();
  for (const setting of Object.values(config)) {
    if (!Array.isArray(setting)) continue;
    for (const element of setting) {
      const { id, label, digit, key, when }: Named = element ?? {};
      if (typeof id !== "string") continue;
      const pressed = typeof digit === "string" ? digit : typeof key === "string" ? key : null;
      const called = typeof label === "string" && label !== "" ? label : typeof when === "string" ? when : "";
      found.set(id, { label: called, key: pressed });
    }
  }
  return found;
}

type Named = { readonly [Name in "id" | "label" | "digit" | "key" | "when"]?: unknown };
