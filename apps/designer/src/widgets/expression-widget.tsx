import { checkExpression } from "@cordboard/node-kit";
import { TextArea, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import styles from "./code.module.css";
import { useSettingWorld } from "./setting-context.ts";
import { textOf, type WidgetProps } from "./widget-props.ts";

/** A condition or value in CEL, checked while it is typed against the flow's variables. Where none is needed, none is asked for. */
export function ExpressionWidget({ label, value, optional, problem, onChange, pointer, schema }: WidgetProps) {
  const { t } = useTranslation("widgets");
  const language = useUiLanguage();
  const { document, readOnly } = useSettingWorld();
  const source = textOf(value);
  const none = optional && source === "";
  const [own] = document === null || none ? [] : checkExpression(source, document, { pointer });
  return (
    <TextArea
      label={label}
      error={problem ?? own?.message[language]}
      hint={t("expression.hint", { example: 'call.callerNumber.startsWith("+336")' })}
      className={styles.code ?? ""}
      spellCheck={false}
      autoCapitalize="none"
      value={source}
      maxLength={schema.maxLength}
      readOnly={readOnly}
      onChange={(event) => {
        const written = event.target.value;
        onChange(optional && written === "" ? null : written, pointer);
      }}
    />
  );
}
