import { checkTemplate } from "@cordboard/node-kit";
import { TextArea, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useSettingWorld } from "./setting-context.ts";
import { textOf, type WidgetProps } from "./widget-props.ts";

/** A text with places to fill from what is known of the call, checked while it is typed. */
export function TemplateWidget({ label, value, problem, onChange, pointer, schema }: WidgetProps) {
  const { t } = useTranslation("widgets");
  const language = useUiLanguage();
  const { document, readOnly } = useSettingWorld();
  const text = textOf(value);
  const [own] = document === null ? [] : checkTemplate(text, document, pointer);
  return (
    <TextArea
      label={label}
      error={problem ?? own?.message[language]}
      hint={t("template.hint", { example: "{{ call.callerNumber }}" })}
      rows={1}
      spellCheck={false}
      value={text}
      maxLength={schema.maxLength}
      readOnly={readOnly}
      onChange={(event) => onChange(event.target.value, pointer)}
    />
  );
}
