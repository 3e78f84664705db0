import type { FlowTemplate } from "@cordboard/api";
import { useMemo } from "react";
import { useCompanyThings } from "../../widgets/company-things.ts";
import { SchemaForm } from "../../widgets/schema-form.tsx";
import type { FormSchema } from "../../widgets/schema-shape.ts";
import { SettingContext, type SettingWorld } from "../../widgets/setting-context.ts";
import styles from "./new-flow-dialog.module.css";

type Values = Readonly<Record<string, unknown>>;

/** The questions of a template, as a form: which queue, which schedule, what number. */
export function AdoptForm(props: { template: FlowTemplate; values: Values; onValues: (values: Values) => void }) {
  const { template, values, onValues } = props;
  const things = useCompanyThings();
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
          schema={template.parameters as FormSchema}
          value={values}
          hints={{}}
          texts={{}}
          problemAt={() => undefined}
          change={(pointer, value) => onValues({ ...values, [pointer.slice(1)]: value })}
        />
      </div>
    </SettingContext>
  );
}
