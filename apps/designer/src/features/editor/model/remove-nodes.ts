import type { FlowDocument } from "@cordboard/flow-schema";
import type { EditorCommand } from "./editor-command.ts";
import { referencesOf } from "./node-facts.ts";

/**
 * The commands that remove nodes, with the prompts that nothing else says. Where callers begin stays: `null` when nothing can be removed.
 * A node that failures lead to may go; failures then end the call as they do without an error path.
 */
export function removeNodesCommands(document: FlowDocument, ids: ReadonlySet<string>): readonly EditorCommand[] | null {
  const gone = document.nodes.filter(({ id }) => ids.has(id) && id !== document.entry);
  if (gone.length === 0) return null;
  const goneIds = new Set(gone.map(({ id }) => id));
  const promptsOf = (nodes: FlowDocument["nodes"]) =>
    new Set(nodes.flatMap((node) => referencesOf(node).flatMap(({ kind, id }) => (kind === "prompt" ? [id] : []))));
  const kept = promptsOf(document.nodes.filter(({ id }) => !goneIds.has(id)));
  const prompts = [...promptsOf(gone)].filter((id) => !kept.has(id) && Object.hasOwn(document.prompts, id));
  return [
    ...(document.onError !== null && goneIds.has(document.onError) ? [{ type: "setOnError", id: null } as const] : []),
    ...Object.entries(document.keys)
      .filter(([, to]) => goneIds.has(to))
      .map(([key]) => ({ type: "setKey", key, to: null }) as const),
    ...gone.map(({ id }) => ({ type: "removeNode", id }) as const),
    ...prompts.map((id) => ({ type: "setPrompt", id, prompt: null }) as const),
  ];
}
