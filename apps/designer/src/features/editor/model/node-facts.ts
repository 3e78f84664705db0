import type { FlowDocument, FlowNode, Reference } from "@cordboard/flow-schema";
import { promptSource } from "@cordboard/flow-schema";
import type { NodeType } from "@cordboard/node-kit";
import { registry } from "@cordboard/nodes";
import Value from "typebox/value";

/** The type of a node when it is known and the node's settings have its shape: only then may the type be asked about them. */
export function soundTypeOf(node: FlowNode): NodeType | null {
  const known = sound.get(node.config);
  if (known !== undefined && known.type === node.type) return known.nodeType;
  const found = registry.find(node.type, node.typeVersion);
  const nodeType = found && Value.Check(found.config, node.config) ? found : null;
  sound.set(node.config, { type: node.type, nodeType });
  return nodeType;
}

/** Settings are never changed in place, so what was found out about them stays true. */
const sound = new WeakMap<FlowNode["config"], { readonly type: string; readonly nodeType: NodeType | null }>();

/** The type of a node, its settings aside; `null` when no such type is installed. */
export function typeOf(node: FlowNode): NodeType | null {
  return registry.find(node.type, node.typeVersion) ?? null;
}

/** What a node's settings name; empty while they are not in order. */
export function referencesOf(node: FlowNode): readonly Reference[] {
  return soundTypeOf(node)?.references(node.config) ?? [];
}

/** The outputs of a node; while its settings are not in order, those that edges use, so that nothing seems lost. */
export function outputsOf(node: FlowNode, document: FlowDocument): readonly string[] {
  const type = soundTypeOf(node);
  if (type) return [...new Set(type.outputs(node.config))];
  return document.edges.filter(({ from }) => from === node.id).map(({ output }) => output);
}

/** What callers of that language hear by a prompt, as text; `null` when the prompt has none. */
export function spokenText(
  document: FlowDocument,
  promptId: string,
  language: string,
  builtInText: (name: string, language: string) => string | null,
): string | null {
  const prompt = Object.hasOwn(document.prompts, promptId) ? document.prompts[promptId] : undefined;
  const source = promptSource(document, promptId, language);
  if (!prompt || !source) return null;
  const text = prompt.texts[source.language] || prompt.texts[language];
  if (text) return text;
  return (prompt.builtIn === undefined ? null : builtInText(prompt.builtIn, language)) ?? prompt.name ?? null;
}
