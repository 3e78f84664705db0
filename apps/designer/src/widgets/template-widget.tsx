import { checkTemplate, withoutSecrets } from "@cordboard/node-kit";
import { TextArea, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useSettingWorld } from "./setting-context.ts";
import { textOf, type WidgetProps } from "./widget-props.ts";

/**
 * A text with places to fill from what is known of the call, checked while it is typed. `secrets`: it may also name what the company keeps
 * sealed for other systems.
 */
export function TemplateWidget({
  label,
  value,
  problem,
  onChange,
  pointer,
  schema,
  secrets = false,
}: WidgetProps & { secrets?: boolean }) {
  const { t } = useTranslation("widgets");
  const language = useUiLanguage();
  const { document, readOnly, choices } = useSettingWorld();
  const text = textOf(value);
  const [own] = document === null ? [] : checkTemplate(secrets ? withoutSecrets(text) : text, document, pointer);
  const [secret] = secrets ? (choices("secret") ?? []) : [];
  const example = "{{call.callerNumber}}";
  return (
    <TextArea
      label={label}
      error={problem ?? own?.message[language]}
      hint={
        secret
          ? t("template.secretHint", { example, secret: `{{secret.${secret.name}}}` })
          : t("template.hint", { example })
      }
      rows={1}
      spellCheck={false}
      value={text}
      maxLength={schema.maxLength}
      readOnly={readOnly}
      onChange={(event) => onChange(event.target.value, pointer)}
    />
  );
}
