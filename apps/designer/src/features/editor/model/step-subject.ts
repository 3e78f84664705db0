import type { FlowDocument, FlowNode } from "@cordboard/flow-schema";
import { cut } from "./card.ts";
import type { EditorCommand } from "./editor-command.ts";

/** What a step was done to, as it was called then: one node, several, or something else that has a name. */
export type StepSubject =
  | { readonly kind: "node"; readonly node: FlowNode }
  | { readonly kind: "nodes"; readonly count: number }
  | { readonly kind: "named"; readonly name: string };

/** What commands are done to; null where that is the whole flow. `before` and `after` are the document around them. Pure. */
export function subjectOf(
  commands: readonly EditorCommand[],
  before: FlowDocument,
  after: FlowDocument,
): StepSubject | null {
  const ids = new Set(commands.flatMap((command) => nodeIn(command) ?? []));
  if (ids.size > 1) return { kind: "nodes", count: ids.size };
  const [id] = ids;
  // Under the name by which it was known; a new one has just one.
  const node = before.nodes.find((one) => one.id === id) ?? after.nodes.find((one) => one.id === id);
  if (node) return { kind: "node", node };
  for (const command of commands) {
    if (command.type === "setVariable") return { kind: "named", name: command.name };
    if (command.type === "setGroup")
      return { kind: "named", name: (command.group ?? before.groups[command.id])?.title ?? "" };
    if (command.type === "setNote") {
      const [words = ""] = (command.note ?? before.notes[command.id])?.text.split("\n") ?? [];
      return { kind: "named", name: cut(words, 40) };
    }
    if (command.type === "setKey") return { kind: "named", name: command.key };
    const prompt = command.type === "setPrompt" && (before.prompts[command.id] ?? after.prompts[command.id]);
    if (prompt && prompt.name !== undefined && prompt.name !== "") return { kind: "named", name: prompt.name };
  }
  const cord = commands.find((command) => command.type === "connect" || command.type === "disconnect");
  const from = cord && before.nodes.find((one) => one.id === cord.from);
  return from ? { kind: "node", node: from } : null;
}

/** Cords that are healed, and prompts that go with a node, are not what somebody did: nodes that come, go, move or change are. */
function nodeIn(command: EditorCommand): string | null {
  switch (command.type) {
    case "addNode":
      return command.node.id;
    case "removeNode":
    case "renameNode":
    case "moveNode":
    case "setConfig":
    case "setEntry":
      return command.id;
    default:
      return null;
  }
}
