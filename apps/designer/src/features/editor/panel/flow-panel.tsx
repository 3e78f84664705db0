import { Button, Checkbox, IconButton, Key, Select, TextField, useUiLanguage } from "@cordboard/ui";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { languageName } from "../../../widgets/language-name.ts";
import { FormSections, UsedWhere } from "../../listing/index.ts";
import { typeOf } from "../model/node-facts.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./panel.module.css";
import { VariableList } from "./variable-list.tsx";

const offered = ["fr-FR", "en-GB", "de-DE", "es-ES", "it-IT", "nl-NL", "pt-PT"] as const;
const keys = [..."1234567890*#"];

/** What belongs to the flow and to none of its nodes: name, languages, keys that work everywhere, what happens on failure, variables. */
export function FlowPanel() {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { readOnly } = editor;
  const screen = useUiLanguage();
  const document = useEditorState((state) => state.document);
  const { nodes, languages } = document;
  const nodeOptions = nodes.map((node) => ({
    value: node.id,
    label: node.name || (typeOf(node)?.texts[screen].name ?? node.type),
  }));
  const [key, setKey] = useState("0");
  const free = keys.filter((one) => !Object.hasOwn(document.keys, one));
  const chosenKey = free.includes(key) ? key : (free[0] ?? "");
  return (
    <aside
      className={styles.panel}
      aria-label={t("flow")}
      data-settings="flow"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) editor.openPanel(null);
      }}
    >
      <header className={styles.header}>
        <h2 className={styles.heading}>{t("flow")}</h2>
        <IconButton icon={X} label={t("panel.close")} onClick={() => editor.openPanel(null)} />
      </header>
      <div className={styles.body}>
        <div data-setting="/name">
          <TextField
            label={t("flow.name")}
            value={document.name}
            maxLength={200}
            readOnly={readOnly}
            required
            onChange={(event) =>
              editor.run("flowName", [{ type: "setFlowName", name: event.target.value }], { mergeKey: "flow name" })
            }
          />
        </div>
        <fieldset className={styles.part}>
          <legend className={styles.section}>{t("flow.languages")}</legend>
          {[...new Set([...languages, ...offered])].map((tag) => (
            <Checkbox
              key={tag}
              label={languageName(tag, screen)}
              detail={languages[0] === tag ? t("flow.first") : undefined}
              checked={languages.includes(tag)}
              disabled={readOnly || (languages.length === 1 && languages[0] === tag)}
              onChange={(event) => {
                const next = event.target.checked ? [...languages, tag] : languages.filter((one) => one !== tag);
                editor.run("languages", [{ type: "setLanguages", languages: next }]);
              }}
            />
          ))}
        </fieldset>
        <fieldset className={styles.part}>
          <legend className={styles.section}>{t("flow.keys")}</legend>
          <p className={styles.help}>{t("flow.keysWords")}</p>
          {Object.entries(document.keys).map(([one, to]) => (
            <div className={styles.row} key={one}>
              <Select
                label={t("flow.key", { key: one })}
                options={nodeOptions}
                value={to}
                disabled={readOnly}
                onChange={(id) => editor.run("key", [{ type: "setKey", key: one, to: id }])}
              />
              <IconButton
                icon={X}
                label={t("flow.keyRemove", { key: one })}
                disabled={readOnly}
                onClick={() => editor.run("key", [{ type: "setKey", key: one, to: null }])}
              />
            </div>
          ))}
          {!readOnly && chosenKey !== "" && (
            <div className={styles.row}>
              <Select
                label={t("flow.keyNew")}
                options={free.map((one) => ({ value: one, label: one }))}
                value={chosenKey}
                onChange={setKey}
              />
              <Button
                icon={Plus}
                onClick={() => editor.run("key", [{ type: "setKey", key: chosenKey, to: document.entry }])}
              >
                {t("add")} <Key name={chosenKey} />
              </Button>
            </div>
          )}
        </fieldset>
        <Select
          label={t("flow.onError")}
          hint={t("flow.onErrorWords")}
          options={[{ value: "", label: t("flow.onErrorNone") }, ...nodeOptions]}
          value={document.onError ?? ""}
          disabled={readOnly}
          onChange={(id) => editor.run("onError", [{ type: "setOnError", id: id === "" ? null : id }])}
        />
        <VariableList />
        <FormSections>
          <UsedWhere kind="flow" id={document.id} />
        </FormSections>
      </div>
    </aside>
  );
}
