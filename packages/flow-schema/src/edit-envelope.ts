import type { FlowGroup, FlowNote } from "./annotations.ts";
import type { FlowDocument, FlowPrompt, FlowVariable } from "./flow-document.ts";

/** Changes of what stands around the nodes; `null` takes a member away. */
export type EnvelopeCommand =
  | { readonly type: "setFlowName"; readonly name: string }
  | { readonly type: "setLanguages"; readonly languages: readonly string[] }
  | { readonly type: "setEntry"; readonly id: string }
  | { readonly type: "setOnError"; readonly id: string | null }
  /** A key that leads to a node from wherever the caller hears something. */
  | { readonly type: "setKey"; readonly key: string; readonly to: string | null }
  | { readonly type: "setPrompt"; readonly id: string; readonly prompt: FlowPrompt | null }
  | { readonly type: "setVariable"; readonly name: string; readonly variable: FlowVariable | null }
  /** What this flow takes and gives when it runs inside another. */
  | { readonly type: "setInterface"; readonly inputs: readonly string[]; readonly results: readonly string[] }
  /** A comment, and where it stands: `[x, y, width, height]`. */
  | {
      readonly type: "setNote";
      readonly id: string;
      readonly note: FlowNote | null;
      readonly place: readonly number[] | null;
    }
  | { readonly type: "setGroup"; readonly id: string; readonly group: FlowGroup | null }
  /** All at once: what was imported, or what somebody else saved. */
  | { readonly type: "replace"; readonly document: FlowDocument };

export type EnvelopeResult =
  | { readonly ok: true; readonly document: FlowDocument; readonly inverse: EnvelopeCommand }
  /** `noLanguage`: a flow speaks one at least; one twice is none the second time. `idTaken`: a node has the id of the comment. */
  | { readonly ok: false; readonly reason: "noSuchNode" | "noLanguage" | "idTaken" };

const ENVELOPE: ReadonlySet<string> = new Set<EnvelopeCommand["type"]>([
  "setFlowName",
  "setLanguages",
  "setEntry",
  "setOnError",
  "setKey",
  "setPrompt",
  "setVariable",
  "setInterface",
  "setNote",
  "setGroup",
  "replace",
]);

export function isEnvelopeCommand<C extends { readonly type: string }>(
  command: C | EnvelopeCommand,
): command is EnvelopeCommand {
  return ENVELOPE.has(command.type);
}

/** A flow after a change of its envelope, and the change back. Pure. */
export function applyToEnvelope(document: FlowDocument, command: EnvelopeCommand): EnvelopeResult {
  const isNode = (id: string) => document.nodes.some((node) => node.id === id);
  const changed = (changes: Partial<FlowDocument>, inverse: EnvelopeCommand): EnvelopeResult => ({
    ok: true,
    document: { ...document, ...changes },
    inverse,
  });
  switch (command.type) {
    case "setFlowName":
      return changed({ name: command.name }, { ...command, name: document.name });
    case "setLanguages": {
      const languages = [...new Set(command.languages)];
      if (languages.length === 0) return { ok: false, reason: "noLanguage" };
      return changed({ languages }, { ...command, languages: document.languages });
    }
    case "setEntry":
      if (!isNode(command.id)) return { ok: false, reason: "noSuchNode" };
      return changed({ entry: command.id }, { ...command, id: document.entry });
    case "setOnError":
      if (command.id !== null && !isNode(command.id)) return { ok: false, reason: "noSuchNode" };
      return changed({ onError: command.id }, { ...command, id: document.onError });
    case "setKey": {
      if (command.to !== null && !isNode(command.to)) return { ok: false, reason: "noSuchNode" };
      const keys = withMember(document.keys, command.key, command.to);
      return changed({ keys }, { ...command, to: memberOf(document.keys, command.key) });
    }
    case "setPrompt": {
      const prompts = withMember(document.prompts, command.id, command.prompt);
      return changed({ prompts }, { ...command, prompt: memberOf(document.prompts, command.id) });
    }
    case "setVariable": {
      const variables = withMember(document.variables, command.name, command.variable);
      return changed({ variables }, { ...command, variable: memberOf(document.variables, command.name) });
    }
    case "setInterface": {
      const { inputs, results } = document;
      return changed({ inputs: [...command.inputs], results: [...command.results] }, { ...command, inputs, results });
    }
    case "setNote": {
      if (isNode(command.id)) return { ok: false, reason: "idTaken" };
      const notes = withMember(document.notes, command.id, command.note);
      const layout = withMember(document.layout, command.id, command.place && [...command.place]);
      const { id } = command;
      return changed(
        { notes, layout },
        { ...command, note: memberOf(document.notes, id), place: memberOf(document.layout, id) },
      );
    }
    case "setGroup": {
      const groups = withMember(document.groups, command.id, command.group);
      return changed({ groups }, { ...command, group: memberOf(document.groups, command.id) });
    }
    case "replace":
      return { ok: true, document: command.document, inverse: { type: "replace", document } };
  }
}

function memberOf<V>(members: Readonly<Record<string, V>>, name: string): V | null {
  return Object.hasOwn(members, name) ? (members[name] ?? null) : null;
}

function withMember<V>(members: Readonly<Record<string, V>>, name: string, value: V | null): Record<string, V> {
  const others = Object.entries(members).filter(([one]) => one !== name);
  return Object.fromEntries(value === null ? others : [...others, [name, value]]);
}
