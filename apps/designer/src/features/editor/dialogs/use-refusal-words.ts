import type { ExtractRefusal, FlowNode, InlineRefusal } from "@cordboard/flow-schema";
import { useUiLanguage } from "@cordboard/ui";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { nodeName } from "../../compare/say-change.ts";

/** Why nodes cannot become a flow of their own, or a flow cannot stand in place of its node, in a sentence that says what to do. */
export function useRefusalWords(): (refusal: ExtractRefusal | InlineRefusal) => string {
  const { t } = useTranslation("editor");
  const screen = useUiLanguage();
  return useCallback(
    (refusal) => {
      const called = (node: FlowNode) => nodeName(node, screen);
      switch (refusal.reason) {
        case "twoEntries":
          return t("refused.twoEntries", {
            nodes: refusal.nodes.map((node) => t("quoted", { text: called(node) })).join(", "),
          });
        case "apart":
        case "everydayInside":
        case "unsound":
        case "exitInside":
          return t(`refused.${refusal.reason}`, { node: called(refusal.node) });
        case "ledInside":
          return refusal.key === null ? t("refused.errorInside") : t("refused.keyInside", { key: refusal.key });
        case "lostOnTheWay":
        case "variableTaken":
          return t(`refused.${refusal.reason}`, { variable: refusal.variable });
        case "tooManyOutcomes":
        case "tooMany":
          return t(`refused.${refusal.reason}`, { most: refusal.most });
        default:
          return t(`refused.${refusal.reason}`);
      }
    },
    [t, screen],
  );
}
