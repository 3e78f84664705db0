import type { FlowNode } from "@cordboard/flow-schema";
import { Key, useUiLanguage } from "@cordboard/ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { LongSelect } from "../../../widgets/long-select.tsx";
import { useCard } from "../canvas/use-card.ts";
import type { CardOutput } from "../model/card.ts";
import { typeOf } from "../model/node-facts.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./panel.module.css";

/** Where each output of a node leads, as a list that needs no pointer: what can be drawn can be chosen. */
export function LeadsTo({ node }: { node: FlowNode }) {
  const { t } = useTranslation("editor");
  const { outputs } = useCard(node);
  const title = useId();
  if (outputs.length === 0) return null;
  return (
    <fieldset className={styles.leads} aria-labelledby={title}>
      <span className={styles.section} id={title}>
        {t("leads")}
      </span>
      {outputs.map((output) => (
        <LeadsToOne key={output.id} node={node} output={output} />
      ))}
    </fieldset>
  );
}

function LeadsToOne({ node, output }: { node: FlowNode; output: CardOutput }) {
  const { t } = useTranslation("editor");
  const language = useUiLanguage();
  const { editor } = useEditor();
  const id = useId();
  const { nodes, edges } = useEditorState(({ document }) => document);
  const to = edges.find((edge) => edge.from === node.id && edge.output === output.id)?.to ?? "";
  const nameOf = (one: FlowNode) => one.name || (typeOf(one)?.texts[language].name ?? one.type);
  const problem = useEditorState(({ problems }) =>
    to !== "" || output.quiet
      ? undefined
      : problems.byNode
          .get(node.id)
          ?.find(({ code, message }) => code === "outputUnconnected" && message.en.includes(`"${output.id}"`)),
  );
  const unplugged =
    output.like === null ? t(output.quiet ? "leads.end" : "leads.nowhere") : t("leads.like", { output: output.like });
  return (
    <div className={styles.lead}>
      <label className={styles.leadName} htmlFor={id}>
        {output.key !== null && <Key name={output.key} />} {output.label}
      </label>
      <LongSelect
        id={id}
        value={to}
        options={[{ value: "", label: unplugged }, ...nodes.map((one) => ({ value: one.id, label: nameOf(one) }))]}
        disabled={editor.readOnly}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(chosen) => {
          const from = { from: node.id, output: output.id };
          if (chosen === "") editor.run("disconnect", [{ type: "disconnect", ...from }]);
          else editor.run("connect", [{ type: "connect", ...from, to: chosen }]);
        }}
      />
      {problem && (
        <p className={styles.problem} id={`${id}-problem`}>
          {t("leads.problem", { output: output.label })}
        </p>
      )}
    </div>
  );
}
