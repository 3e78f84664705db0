import type { EditorDialog } from "../dialogs/editor-dialogs.tsx";
import type { Editor } from "../store/create-editor.ts";
import type { EditorSlot } from "./slots.ts";

/** Opens a slot, or leads to the field of one that is open. */
export function goToSlot(slot: EditorSlot, editor: Editor, openDialog: (dialog: EditorDialog) => void): void {
  if (editor.store.getState().side !== slot.id) {
    openSlot(slot, editor, openDialog);
    return;
  }
  const field = document.querySelector<HTMLInputElement>("[data-slot-focus]");
  field?.focus();
  field?.select();
}

/** Opens a slot; a side panel that is open already gives way to the palette. */
export function openSlot(slot: EditorSlot, editor: Editor, openDialog: (dialog: EditorDialog) => void): void {
  if (slot.kind === "sheet") openDialog({ kind: "slot", id: slot.id });
  else editor.openSide(editor.store.getState().side === slot.id ? null : slot.id);
}
