import type { EverydayFlow, EverydaySetting } from "@cordboard/api";
import { Button, Dialog } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { type FormEvent, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import type { CompanyThings } from "../../widgets/company-things.ts";
import { SchemaForm } from "../../widgets/schema-form.tsx";
import { setAt } from "../../widgets/set-at.ts";
import { SettingContext, type SettingWorld } from "../../widgets/setting-context.ts";
import styles from "./everyday.module.css";
import { useEverydayChange } from "./queries.ts";
import { documentAround, draftOf, savedOf, schemaOf, type ValueDraft } from "./value-form.ts";

/** Gives one setting another value: the very control that its author has, and nothing else of the drawing. */
export function ChangeDialog({
  flow,
  setting,
  things,
  onClose,
}: {
  flow: EverydayFlow;
  setting: EverydaySetting;
  things: CompanyThings;
  onClose: () => void;
}) {
  const { t } = useTranslation("everyday");
  const change = useEverydayChange();
  const form = useId();
  // What was seen when the dialog was opened: what a colleague saves meanwhile is not written over unseen.
  const [number] = useState(flow.number);
  const [draft, setDraft] = useState<ValueDraft>(() => draftOf(setting.value ?? setting.drawn));
  const value = savedOf(setting, draft);
  const world = useMemo(
    (): SettingWorld => ({
      readOnly: false,
      document: documentAround(flow, draft),
      builtIn: things.builtIn,
      library: things.library,
      choices: (kind) => Object.entries(things.lists).find(([name]) => name === kind)?.[1],
      setPrompt: (id, prompt) => setDraft((was) => ({ ...was, prompts: { ...was.prompts, [id]: prompt } })),
      addPrompt: (prompt, use) =>
        setDraft((was) => {
          let count = 1;
          while (Object.hasOwn(was.prompts, `p${count}`)) count += 1;
          const { pointer, value } = use(`p${count}`);
          return { prompts: { ...was.prompts, [`p${count}`]: prompt }, value: valueIn(was, pointer, value) };
        }),
    }),
    [flow, draft, things],
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (value === null) return;
    const { nodeId, setting: name, label } = setting;
    const body = { number, nodeId, setting: name, value };
    const answer = await change.run({ params: { flowId: flow.flowId }, body });
    if (!answer.ok) return;
    onClose();
    showToast(t("changed", { label }));
  };
  return (
    <Dialog
      title={setting.label}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" form={form} busy={change.busy} disabled={value === null}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <ProblemNotice problem={change.problem} />
        {setting.help !== "" && <p>{setting.help}</p>}
        <SettingContext value={world}>
          <SchemaForm
            schema={{ type: "object", properties: { value: schemaOf(setting) } }}
            value={{ value: draft.value }}
            hints={{}}
            texts={{ value: setting.label }}
            problemAt={() => undefined}
            change={(pointer, next) => setDraft((was) => ({ ...was, value: valueIn(was, pointer, next) }))}
          />
        </SettingContext>
        <p className={styles.quiet}>{t("fromNow")}</p>
      </form>
    </Dialog>
  );
}

function valueIn(draft: ValueDraft, pointer: string, value: unknown): unknown {
  return Object(setAt({ value: draft.value }, pointer, value)).value;
}
