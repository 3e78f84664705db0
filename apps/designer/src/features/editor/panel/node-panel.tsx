import type { Finding, FlowNode } from "@cordboard/flow-schema";
import { Button, IconButton, Notice, TextField, useUiLanguage } from "@cordboard/ui";
import { CircleHelp, Flag, SquareArrowDownRight, Trash2, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { SchemaForm } from "../../../widgets/schema-form.tsx";
import type { FormSchema } from "../../../widgets/schema-shape.ts";
import { getAt, setAt } from "../../../widgets/set-at.ts";
import { NodeIcon } from "../canvas/node-icon.tsx";
import { useInline } from "../canvas/use-inline.ts";
import { cardGroup } from "../model/drawing.ts";
import { findingSentence } from "../model/finding-sentence.ts";
import { typeOf } from "../model/node-facts.ts";
import { removeNodesCommands } from "../model/remove-nodes.ts";
import { FindingHelp } from "../problems/finding-help.tsx";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import { canBeEveryday, EverydayMarkOf } from "./everyday-mark.tsx";
import { focusSettings } from "./focus-settings.ts";
import { LeadsTo } from "./leads-to.tsx";
import styles from "./panel.module.css";
import { RequestTrial } from "./request-trial.tsx";
import { NodeSettingWorld } from "./setting-world.tsx";

/** The settings of a node: its name, what its type asks for, where its outputs lead, and what is wrong with any of it. */
export function NodePanel({ node }: { node: FlowNode }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { readOnly } = editor;
  const language = useUiLanguage();
  const type = typeOf(node);
  const isEntry = useEditorState(({ document }) => document.entry === node.id);
  const findings = useEditorState(({ problems }) => problems.byNode.get(node.id)) ?? none;
  const index = useEditorState(({ document }) => document.nodes.findIndex(({ id }) => id === node.id));
  const inline = useInline();
  const [help, setHelp] = useState(false);
  const close = () => {
    editor.openPanel(null);
    focusNode(node.id);
  };
  // Opened by the keyboard: the first setting is what one wants.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each node that is shown
  useEffect(() => {
    if (document.activeElement?.hasAttribute("data-node")) focusSettings();
  }, [node.id]);
  const problemAt = (pointer: string) => {
    const full = `/nodes/${index}/config${pointer}`;
    const promptId = getAt(node.config, pointer);
    const prompt = typeof promptId === "string" ? `/prompts/${promptId}` : null;
    const found = findings.find(
      (one) =>
        one.severity === "error" &&
        (one.pointer === full || (prompt !== null && `${one.pointer}/`.startsWith(`${prompt}/`))),
    );
    return found && findingSentence(found, editor.store.getState().document, language);
  };
  const form = type && (
    <SchemaForm
      schema={type.config as FormSchema}
      value={node.config}
      hints={type.form}
      unused={type.unused?.(node.config) ?? []}
      idsShown={Object.values(type.form).some(({ widget }) => widget === "flow")}
      texts={type.texts[language].settings}
      problemAt={problemAt}
      beside={(setting, label) =>
        canBeEveryday(node, setting, readOnly) ? <EverydayMarkOf node={node} setting={setting} label={label} /> : null
      }
      change={(pointer, value, key) => {
        const config = setAt(node.config, pointer, value);
        if (typeof config !== "object" || config === null) return;
        const merge = key === undefined ? {} : { mergeKey: `${node.id} ${key}` };
        editor.run("setting", [{ type: "setConfig", id: node.id, config: { ...config } }], merge);
      }}
    />
  );
  return (
    <aside
      className={styles.panel}
      aria-label={t("panel.node")}
      data-settings={node.id}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) close();
      }}
      data-group={cardGroup(type?.group)}
    >
      <header className={styles.header}>
        <span className={styles.type}>
          <NodeIcon type={type} />
          {type?.texts[language].name ?? t("unknownType", { type: node.type })}
        </span>
        <span className={styles.tools}>
          {type && (
            <IconButton icon={CircleHelp} label={t("panel.help")} aria-expanded={help} onClick={() => setHelp(!help)} />
          )}
          {!readOnly && !isEntry && (
            <IconButton
              icon={Trash2}
              label={t("remove")}
              onClick={() => {
                const commands = removeNodesCommands(editor.store.getState().document, new Set([node.id]));
                if (commands) editor.run("remove", commands, { select: [] });
              }}
            />
          )}
          <IconButton icon={X} label={t("panel.close")} onClick={close} />
        </span>
      </header>
      <div className={styles.body}>
        {help && type && <p className={styles.help}>{type.texts[language].description}</p>}
        <div data-setting="name">
          <TextField
            label={t("panel.name")}
            value={node.name}
            maxLength={200}
            readOnly={readOnly}
            onChange={(event) =>
              editor.run("rename", [{ type: "renameNode", id: node.id, name: event.target.value }], {
                mergeKey: `name ${node.id}`,
              })
            }
          />
        </div>
        <NodeSettingWorld nodeId={node.id}>{form}</NodeSettingWorld>
        {node.type === "http" && <RequestTrial key={node.id} config={node.config} />}
        {!readOnly && node.type === "subflow" && (
          <div>
            <Button kind="quiet" icon={SquareArrowDownRight} onClick={() => void inline(node.id)}>
              {t("inline")}
            </Button>
          </div>
        )}
        <LeadsTo node={node} />
        <OtherFindings findings={findings} node={node} index={index} />
        {isEntry ? (
          <p className={styles.help}>{t("panel.isEntry")}</p>
        ) : (
          !readOnly && (
            <div>
              <Button kind="quiet" icon={Flag} onClick={() => editor.run("entry", [{ type: "setEntry", id: node.id }])}>
                {t("panel.makeEntry")}
              </Button>
            </div>
          )
        )}
      </div>
    </aside>
  );
}

const none: readonly Finding[] = [];

/** What is wrong with the node and belongs to no setting that is shown; outputs have theirs beside them. */
function OtherFindings({ findings, node, index }: { findings: readonly Finding[]; node: FlowNode; index: number }) {
  const language = useUiLanguage();
  const { editor } = useEditor();
  const inside = `/nodes/${index}/config`;
  const hasField = ({ pointer, code, severity }: Finding) => {
    if (severity === "warning") return false;
    if (code === "outputUnconnected" || pointer.startsWith("/prompts/")) return true;
    const value = pointer.startsWith(`${inside}/`) ? getAt(node.config, pointer.slice(inside.length)) : undefined;
    return value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value));
  };
  return findings
    .filter((one) => !hasField(one))
    .map((one) => (
      <div key={`${one.code} ${one.pointer} ${one.message.en}`}>
        <Notice kind={one.severity}>{findingSentence(one, editor.store.getState().document, language)}</Notice>
        <FindingHelp finding={one} onMended={focusSettings} />
      </div>
    ));
}

/** Gives the focus back to a card. */
function focusNode(id: string): void {
  document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
