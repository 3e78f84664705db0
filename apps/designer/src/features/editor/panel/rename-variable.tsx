import { renameVariable } from "@cordboard/node-kit";
import { registry } from "@cordboard/nodes";
import { Button, Notice, TextField } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNodeName } from "../canvas/use-node-name.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./panel.module.css";
import { revealSetting } from "./reveal-setting.ts";

/** Another name for a variable, with all that uses it, as one step; says beforehand what follows, and what does not. */
export function RenameVariable({ name, onDone }: { name: string; onDone: () => void }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const nameOf = useNodeName();
  const document = useEditorState((state) => state.document);
  const [to, setTo] = useState(name);
  const renamed = useMemo(
    () => (to === name ? null : renameVariable(document, registry, name, to)),
    [document, name, to],
  );
  const isInterface = document.inputs.includes(name) || document.results.includes(name);
  const refusal =
    renamed === null || renamed.ok || to === ""
      ? undefined
      : t(`variable.refused.${renamed.reason}`, { place: nameOf(renamed.place?.nodeId ?? null) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (renamed === null) onDone();
    if (!renamed?.ok) return;
    editor.run("renameVariable", renamed.commands, { subject: { kind: "named", name: `${name} → ${to}` } });
    showToast(t("variable.renamed", { count: renamed.uses }));
    // The box of the old name is gone, and the focus with it.
    revealSetting("flow", `/variables/${to}`, true);
    onDone();
  };
  return (
    <form
      className={styles.part}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onDone();
      }}
    >
      <TextField
        label={t("variable.newName")}
        value={to}
        error={refusal}
        hint={renamed?.ok ? t("variable.uses", { count: renamed.uses }) : undefined}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTo(event.target.value.trim())}
      />
      {isInterface && renamed?.ok && <Notice kind="warning">{t("variable.interface")}</Notice>}
      {renamed?.ok && renamed.unread.length > 0 && (
        <Notice kind="warning">
          {t("variable.unread", {
            count: renamed.unread.length,
            places: [...new Set(renamed.unread.map(({ nodeId }) => nameOf(nodeId)))].join(", "),
          })}
        </Notice>
      )}
      <div>
        <Button type="submit" kind="primary" disabled={renamed !== null && !renamed.ok}>
          {t("variable.doRename")}
        </Button>
      </div>
    </form>
  );
}
