import { useUiLanguage } from "@cordboard/ui";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { typeOf } from "../model/node-facts.ts";
import type { StepName } from "../store/create-editor.ts";

/** What a step did, in words: “remove “Menu 2””, “move (3 nodes)”. */
export function useStepWords(): (step: StepName) => string {
  const { t } = useTranslation("editor");
  const screen = useUiLanguage();
  return useCallback(
    ({ label, subject }) => {
      const what = t(`did.${label}`);
      if (subject === null) return what;
      if (subject.kind === "nodes") return t("didTo.nodes", { what, count: subject.count });
      const { node, name } =
        subject.kind === "node" ? { node: subject.node, name: "" } : { node: null, name: subject.name };
      const called = node ? node.name || (typeOf(node)?.texts[screen].name ?? node.type) : name;
      return called === "" ? what : t("didTo.one", { what, name: called });
    },
    [t, screen],
  );
}
