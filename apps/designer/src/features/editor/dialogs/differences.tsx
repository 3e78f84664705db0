import { diffFlows, type FlowDocument, type FlowNode, isSameBehaviour } from "@cordboard/flow-schema";
import { useUiLanguage } from "@cordboard/ui";
import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { typeOf } from "../model/node-facts.ts";
import { outputName } from "../model/output-name.ts";
import styles from "./dialogs.module.css";

/** What is different between two flows for a caller, node by node, in sentences. */
export function Differences({ before, after, title }: { before: FlowDocument; after: FlowDocument; title: string }) {
  const { t } = useTranslation("editor");
  const language = useUiLanguage();
  const heading = useId();
  const diff = useMemo(() => diffFlows(before, after), [before, after]);
  const nodes = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node]));
  const nameOf = (id: string | null) => {
    const node = id === null ? undefined : nodes.get(id);
    return node ? nodeName(node, language) : (id ?? "");
  };
  const lines = [
    ...diff.nodes.map(({ id, before: was, after: is, values }) => {
      if (was === null) return t("diff.added", { node: nameOf(id) });
      if (is === null) return t("diff.removed", { node: nameOf(id) });
      return t("diff.changed", { node: nameOf(id), what: settingsOf(is, values, language, t("diff.name")) });
    }),
    ...diff.edges.map(({ from, output, before: was, after: is }) => {
      const node = nodes.get(from);
      const what = { node: nameOf(from), output: node ? outputName(node, output, language) : output };
      if (is === null) return t("diff.disconnected", { ...what, to: nameOf(was) });
      return t(was === null ? "diff.connected" : "diff.reconnected", { ...what, to: nameOf(is), was: nameOf(was) });
    }),
    ...diff.prompts.map(({ id, before: was, after: is }) =>
      t(was === null ? "diff.promptAdded" : is === null ? "diff.promptRemoved" : "diff.promptChanged", {
        prompt: (is ?? was)?.name || id,
      }),
    ),
    ...diff.variables.map(({ id, before: was, after: is }) =>
      t(was === null ? "diff.variableAdded" : is === null ? "diff.variableRemoved" : "diff.variableChanged", {
        variable: id,
      }),
    ),
    ...(diff.document.length > 0 ? [t("diff.flow")] : []),
  ];
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      {isSameBehaviour(diff) ? (
        <p className={styles.quiet}>{t("diff.same")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, by keyboard too
        <ul className={styles.differences} aria-labelledby={heading} tabIndex={0}>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are made anew with each pair of documents
            <li key={`${index} ${line}`}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function nodeName(node: FlowNode, language: "fr" | "en"): string {
  return node.name || (typeOf(node)?.texts[language].name ?? node.type);
}

/** The names of the settings that differ, as the node's form calls them. */
function settingsOf(
  node: FlowNode,
  values: readonly { readonly pointer: string }[],
  language: "fr" | "en",
  name: string,
): string {
  const texts = typeOf(node)?.texts[language].settings ?? {};
  const names = values.map(({ pointer }) => {
    const [, first = "", setting = ""] = pointer.split("/");
    return first === "name" ? name : (texts[setting] ?? setting);
  });
  return [...new Set(names)].join(", ");
}
