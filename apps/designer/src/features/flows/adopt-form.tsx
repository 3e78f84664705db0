import type { FlowTemplate } from "@cordboard/api";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useCompanyThings } from "../../widgets/company-things.ts";
import { SchemaForm } from "../../widgets/schema-form.tsx";
import type { FormSchema } from "../../widgets/schema-shape.ts";
import { setAt } from "../../widgets/set-at.ts";
import { SettingContext, type SettingWorld } from "../../widgets/setting-context.ts";
import styles from "./new-flow-dialog.module.css";

type Values = Readonly<Record<string, unknown>>;

/** The questions of a template, as a form: which queue, which schedule, what number. */
export function AdoptForm(props: {
  template: FlowTemplate;
  values: Values;
  onValues: (values: Values) => void;
  /** Names of questions that were left unanswered. */
  missing: readonly string[];
}) {
  const { t } = useTranslation("flows");
  const { template, values, onValues, missing } = props;
  const things = useCompanyThings();
  const schema: FormSchema = template.parameters;
  // What needs no choice is chosen, once it is known what there is.
  useEffect(() => {
    const missing = Object.entries(defaultsOf(schema, things.onlyOne)).filter(([name]) => !(name in values));
    if (missing.length > 0) onValues({ ...Object.fromEntries(missing), ...values });
  }, [schema, things, values, onValues]);
  const world = useMemo(
    (): SettingWorld => ({
      readOnly: false,
      document: null,
      builtIn: things.builtIn,
      library: things.library,
      choices: (kind) => Object.entries(things.lists).find(([name]) => name === kind)?.[1],
      setPrompt: () => undefined,
      addPrompt: () => undefined,
    }),
    [things],
  );
  return (
    <SettingContext value={world}>
      <div className={styles.form}>
        <SchemaForm
          schema={schema}
          value={values}
          hints={{}}
          texts={{}}
          problemAt={(pointer) => (missing.includes(pointer.slice(1)) ? t("answer.missing") : undefined)}
          change={(pointer, value) => {
            const next = setAt(values, pointer, value);
            if (typeof next === "object" && next !== null) onValues({ ...next });
          }}
        />
      </div>
    </SettingContext>
  );
}

/** What stands there before anybody answers: the template's own default, or the only one that the company has. */
function defaultsOf(schema: FormSchema, onlyOne: (kind: string) => string | null): Values {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, { default: usual, format = "" }]) => {
      const value = usual ?? onlyOne(format);
      return value === null || value === undefined ? [] : [[name, value]];
    }),
  );
}
