import { apply, type EditCommand, type FlowDocument, type FlowPrompt, type FlowVariable } from "@cordboard/flow-schema";

/** What the editor does to a document: the commands of flow-schema, and changes of the envelope. */
export type EditorCommand =
  | EditCommand
  | { readonly type: "setPrompt"; readonly id: string; readonly prompt: FlowPrompt | null }
  | { readonly type: "setVariable"; readonly name: string; readonly variable: FlowVariable | null }
  | { readonly type: "setEntry"; readonly id: string }
  | { readonly type: "setOnError"; readonly id: string | null }
  /** A key that leads to a node from wherever the caller hears something; null takes it away. */
  | { readonly type: "setKey"; readonly key: string; readonly to: string | null }
  | { readonly type: "setFlowName"; readonly name: string }
  | { readonly type: "setLanguages"; readonly languages: readonly string[] }
  /** All at once: what was imported, or what somebody else saved. */
  | { readonly type: "replace"; readonly document: FlowDocument };

/** A document after commands, one after the other; `null` when one of them cannot be done, and then none is. Pure. */
export function applyCommands(document: FlowDocument, commands: readonly EditorCommand[]): FlowDocument | null {
  let current = document;
  for (const command of commands) {
    const next = applyOne(current, command);
    if (next === null) return null;
    current = next;
  }
  return current;
}

function applyOne(document: FlowDocument, command: EditorCommand): FlowDocument | null {
  const isNode = (id: string) => document.nodes.some((node) => node.id === id);
  switch (command.type) {
    case "setPrompt":
      return { ...document, prompts: withMember(document.prompts, command.id, command.prompt) };
    case "setVariable":
      return { ...document, variables: withMember(document.variables, command.name, command.variable) };
    case "setEntry":
      return isNode(command.id) ? { ...document, entry: command.id } : null;
    case "setOnError":
      return command.id === null || isNode(command.id) ? { ...document, onError: command.id } : null;
    case "setKey":
      if (command.to !== null && !isNode(command.to)) return null;
      return { ...document, keys: withMember(document.keys, command.key, command.to) };
    case "setFlowName":
      return { ...document, name: command.name };
    case "setLanguages":
      return command.languages.length === 0 ? null : { ...document, languages: [...command.languages] };
    case "replace":
      return command.document;
    default: {
      const result = apply(document, command);
      return result.ok ? result.document : null;
    }
  }
}

function withMember<Value>(members: Record<string, Value>, name: string, value: Value | null): Record<string, Value> {
  if (value !== null) return { ...members, [name]: value };
  return Object.fromEntries(Object.entries(members).filter(([one]) => one !== name));
}
