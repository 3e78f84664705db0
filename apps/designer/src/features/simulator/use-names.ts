import { useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { typeOf } from "../editor/model/node-facts.ts";
import { outputName } from "../editor/model/output-name.ts";
import { useEditor, useEditorState } from "../editor/store/editor-context.tsx";
import type { TrialOutcome } from "./simulator-worker.ts";

/** What things of a trial are called on the screen. */
export interface Names {
  /** An operator of the trial, or whom a number, address or telephone belongs to. */
  person(id: string): string;
  place(path: readonly string[], inner: TrialOutcome["inner"]): string;
  output(nodeId: string, output: string): string;
}

export function useNames(): Names {
  const { t } = useTranslation("simulator");
  const language = useUiLanguage();
  const { things } = useEditor();
  const document = useEditorState((state) => state.document);
  const nodeOf = (id: string | undefined) => document.nodes.find((node) => node.id === id);
  return {
    person: (id) => {
      const [, number] = /^operator (\d+)$/.exec(id) ?? [];
      if (number !== undefined) return t("operator", { number });
      if (id === "switchboard") return t("switchboard");
      return things.nameOf("telephone", id) ?? id;
    },
    place: (path, inner) => {
      if (path.length === 0) return t("place.none");
      const named = path.map((_, depth) => {
        const node = depth === 0 ? nodeOf(path[0]) : inner[path.slice(0, depth + 1).join("/")];
        if (!node) return "…";
        return node.name || (typeOf({ id: "", config: {}, ...node })?.texts[language].name ?? node.type);
      });
      return named.join(" › ");
    },
    output: (nodeId, output) => {
      const node = nodeOf(nodeId);
      return node ? outputName(node, output, language) : output;
    },
  };
}
