import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { CompanyThings } from "../../../widgets/company-things.ts";
import type { Editor, EditorState } from "./create-editor.ts";

interface EditorValue {
  readonly editor: Editor;
  readonly things: CompanyThings;
}

/** Gives the flow being edited, and what the company has, to everything on the page. */
export const EditorContext = createContext<EditorValue | null>(null);

export function useEditor(): EditorValue {
  const value = useContext(EditorContext);
  if (value === null) throw new Error("bug: no EditorContext around this");
  return value;
}

/** A part of the editor's state; the component is drawn again when that part changes. */
export function useEditorState<Part>(select: (state: EditorState) => Part): Part {
  return useStore(useEditor().editor.store, select);
}
