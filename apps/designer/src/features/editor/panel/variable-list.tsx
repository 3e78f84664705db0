import type { FlowVariable } from "@cordboard/flow-schema";
import { Button, Checkbox, IconButton, Select, TextField, useUiLanguage } from "@cordboard/ui";
import { PencilLine, Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./panel.module.css";
import { RenameVariable } from "./rename-variable.tsx";

const types = ["string", "number", "boolean"] as const;
const isName = /^[a-z][A-Za-z0-9_]{0,63}$/;

/** The values that a call carries: their types, what they begin with, which are secret. */
export function VariableList() {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { variables } = useEditorState(({ document }) => document);
  const [name, setName] = useState("");
  const taken = Object.hasOwn(variables, name);
  const wrong = name !== "" && (!isName.test(name) || taken);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (name === "" || wrong) return;
    editor.run("variable", [{ type: "setVariable", name, variable: { type: "string" } }]);
    setName("");
  };
  return (
    <fieldset className={styles.part}>
      <legend className={styles.section}>{t("flow.variables")}</legend>
      <p className={styles.help}>{t("flow.variablesWords")}</p>
      {Object.entries(variables).map(([one, variable]) => (
        <OneVariable key={one} name={one} variable={variable} />
      ))}
      {!editor.readOnly && (
        <form className={styles.row} onSubmit={add}>
          <TextField
            label={t("variable.new")}
            value={name}
            error={wrong ? t(taken ? "variable.taken" : "variable.wrong") : undefined}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" icon={Plus}>
            {t("add")}
          </Button>
        </form>
      )}
    </fieldset>
  );
}

function OneVariable({ name, variable }: { name: string; variable: FlowVariable }) {
  const { t } = useTranslation("editor");
  const language = useUiLanguage();
  const { editor } = useEditor();
  const { readOnly } = editor;
  const { type, initial, secret = false, description = "" } = variable;
  const pointer = `/variables/${name}`;
  const problem = useEditorState(({ problems }) => problems.all.find((one) => one.pointer.startsWith(pointer)));
  const [renaming, setRenaming] = useState(false);
  const change = (next: FlowVariable, key?: string) =>
    editor.run(
      "variable",
      [{ type: "setVariable", name, variable: next }],
      key === undefined ? {} : { mergeKey: `variable ${name} ${key}` },
    );
  const begin = (text: string): FlowVariable => {
    const { initial: _, ...rest } = variable;
    if (text === "") return rest;
    return { ...rest, initial: type === "number" && Number.isFinite(Number(text)) ? Number(text) : text };
  };
  return (
    <div className={styles.variable} data-setting={`/variables/${name}`}>
      <div className={styles.row}>
        <code className={styles.variableName}>{name}</code>
        <span className={styles.tools}>
          {!readOnly && (
            <IconButton
              icon={PencilLine}
              label={t("variable.rename", { name })}
              aria-expanded={renaming}
              onClick={() => setRenaming(!renaming)}
            />
          )}
          <IconButton
            icon={X}
            label={t("variable.remove", { name })}
            disabled={readOnly}
            onClick={() => editor.run("variable", [{ type: "setVariable", name, variable: null }])}
          />
        </span>
      </div>
      {renaming && <RenameVariable name={name} onDone={() => setRenaming(false)} />}
      <Select
        label={t("variable.type")}
        options={types.map((one) => ({ value: one, label: t(`variable.type.${one}`) }))}
        value={type}
        disabled={readOnly}
        onChange={(chosen) => {
          const { initial: _, ...rest } = variable;
          change({ ...rest, type: chosen });
        }}
      />
      {type === "boolean" ? (
        <Checkbox
          label={t("variable.initialTrue")}
          checked={initial === true}
          disabled={readOnly}
          onChange={(event) => change({ ...variable, initial: event.target.checked })}
        />
      ) : (
        <TextField
          label={t("variable.initial")}
          value={initial === undefined ? "" : String(initial)}
          error={problem?.message[language]}
          readOnly={readOnly}
          onChange={(event) => change(begin(event.target.value), "initial")}
        />
      )}
      <TextField
        label={t("variable.description")}
        value={description}
        maxLength={500}
        readOnly={readOnly}
        onChange={(event) => change({ ...variable, description: event.target.value }, "description")}
      />
      <Checkbox
        label={t("variable.secret")}
        checked={secret}
        disabled={readOnly}
        onChange={(event) => {
          const { secret: _, ...rest } = variable;
          change(event.target.checked ? { ...rest, secret: true } : rest);
        }}
      />
    </div>
  );
}
