import { type TextSearch, textPlaces } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { useDeferredValue, useEffect, useMemo } from "react";
import { referencesOf, typeOf } from "../editor/model/node-facts.ts";
import { useEditor, useEditorState } from "../editor/store/editor-context.tsx";
import { type HitGroup, type SearchHit, searched } from "./searched.ts";

/** What the flow that is drawn has of some words. Follows the drawing, a moment late where that is long. */
export function useSearch(search: TextSearch): readonly HitGroup[] {
  const { things } = useEditor();
  const document = useDeferredValue(useEditorState((state) => state.document));
  const places = useMemo(() => textPlaces(document, registry), [document]);
  return useMemo(() => {
    const said = new Map<string, string[]>();
    for (const node of document.nodes) {
      for (const { kind, id } of referencesOf(node)) {
        if (kind === "prompt") said.set(id, [...(said.get(id) ?? []), node.id]);
      }
    }
    const hidden = new Map(
      document.nodes.map((node) => [node.id, new Set(typeOf(node)?.unused?.(node.config) ?? [])] as const),
    );
    return searched({
      ...{ document, places, search },
      nameOf: things.nameOf,
      says: (id) => said.get(id) ?? [],
      isShown: (nodeId, setting) => !hidden.get(nodeId)?.has(setting),
    });
  }, [document, places, search, things]);
}

/** Shows on the drawing where something was found, and how much, as long as it is looked for. */
export function useFoundMarks(groups: readonly HitGroup[], current: SearchHit | undefined): void {
  const { editor } = useEditor();
  const here = current?.nodeId;
  useEffect(() => {
    const nodes = groups.flatMap(({ nodeId, hits }) =>
      nodeId === null
        ? []
        : [[nodeId, { tone: nodeId === here ? "here" : "walked", text: String(hits.length) }] as const],
    );
    editor.showMarks(nodes.length === 0 ? null : { nodes: new Map(nodes), cords: new Map(), fadesOthers: true });
  }, [editor, groups, here]);
  useEffect(() => () => editor.showMarks(null), [editor]);
}
