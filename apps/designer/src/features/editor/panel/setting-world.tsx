import { type ReactNode, useMemo } from "react";
import { setAt } from "../../../widgets/set-at.ts";
import { SettingContext, type SettingWorld } from "../../../widgets/setting-context.ts";
import { freshId } from "../model/fresh-id.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";

/** What the widgets inside may know and do: the flow that is edited, and the settings of `nodeId` where prompts are added. */
export function NodeSettingWorld({ nodeId, children }: { nodeId: string; children: ReactNode }) {
  const { editor, things } = useEditor();
  const document = useEditorState((state) => state.document);
  const language = useEditorState((state) => state.language);
  const world = useMemo(
    (): SettingWorld => ({
      readOnly: editor.readOnly,
      document,
      language,
      builtIn: things.builtIn,
      library: things.library,
      choices: (kind) => Object.entries(things.lists).find(([name]) => name === kind)?.[1],
      setPrompt: (id, prompt) =>
        void editor.run("prompt", [{ type: "setPrompt", id, prompt }], { mergeKey: `prompt ${id}` }),
      addPrompt(prompt, use) {
        const { document: now } = editor.store.getState();
        const node = now.nodes.find((one) => one.id === nodeId);
        if (!node) return;
        const id = freshId("p", (one) => Object.hasOwn(now.prompts, one));
        const { pointer, value } = use(id);
        const config = setAt(node.config, pointer, value);
        if (typeof config !== "object" || config === null) return;
        editor.run("prompt", [
          { type: "setPrompt", id, prompt },
          { type: "setConfig", id: nodeId, config: { ...config } },
        ]);
      },
    }),
    [editor, document, language, things, nodeId],
  );
  return <SettingContext value={world}>{children}</SettingContext>;
}
