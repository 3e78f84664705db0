import { apply, type EditCommand, type FlowDocument } from "@cordboard/flow-schema";

/** What the editor does to a document. */
export type EditorCommand = EditCommand;

/** A document after commands, one after the other; `null` when one of them cannot be done, and then none is. Pure. */
export function applyCommands(document: FlowDocument, commands: readonly EditorCommand[]): FlowDocument | null {
  let current = document;
  for (const command of commands) {
    const result = apply(current, command);
    if (!result.ok) return null;
    current = result.document;
  }
  return current;
}
