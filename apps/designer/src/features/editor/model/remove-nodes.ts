import type { FlowDocument } from "@cordboard/flow-schema";
import type { EditorCommand } from "./editor-command.ts";
import { referencesOf } from "./node-facts.ts";

/**
 * The commands that remove nodes, with the prompts that nothing else says. Where callers begin stays: `null` when nothing can be removed.
 * A node that failures lead to may go; failures then end the call as they do without an error path. What led to a node that is removed leads on to
 * what came after it, where all of its ways lead to one and the same.
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
    ...healed(document, goneIds),
    ...prompts.map((id) => ({ type: "setPrompt", id, prompt: null }) as const),
  ];
}

/** The cords into what is gone, led on to what comes after it. */
function healed({ edges }: FlowDocument, gone: ReadonlySet<string>): readonly EditorCommand[] {
  return edges
    .filter(({ from, to }) => gone.has(to) && !gone.has(from))
    .flatMap(({ from, output, to }) => {
      const [next, another] = stayingAfter(edges, gone, to);
      // Back to where it came from would be a circle that nobody drew.
      if (next === undefined || another !== undefined || next === from) return [];
      return [{ type: "connect", from, output, to: next } as const];
    });
}

/** The nodes that stay and that a removed one leads to, also by way of others that are removed. */
function stayingAfter(edges: FlowDocument["edges"], gone: ReadonlySet<string>, start: string): readonly string[] {
  const passed = new Set([start]);
  const stays = new Set<string>();
  for (const id of passed) {
    for (const { from, to } of edges) {
      if (from === id) (gone.has(to) ? passed : stays).add(to);
    }
  }
  return [...stays];
}
