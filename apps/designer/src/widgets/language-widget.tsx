import { Select, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { languageName } from "./language-name.ts";
import { useSettingWorld } from "./setting-context.ts";
import { textOf, type WidgetProps } from "./widget-props.ts";

/** One of the languages that callers of the flow can hear. */
export function LanguageWidget({ label, value, optional, problem, onChange }: WidgetProps) {
  const { t } = useTranslation("widgets");
  const { document, readOnly } = useSettingWorld();
  const screen = useUiLanguage();
  const chosen = textOf(value);
  const languages = [...new Set([...(document?.languages ?? []), ...(chosen === "" ? [] : [chosen])])];
  return (
    <Select
      label={label}
      error={problem}
      disabled={readOnly}
      placeholder={t("choice.choose")}
      options={[
        ...(optional ? [{ value: "", label: t("choice.none") }] : []),
        ...languages.map((one) => ({ value: one, label: languageName(one, screen) })),
      ]}
      value={chosen === "" && !optional ? null : chosen}
      onChange={(next) => onChange(next === "" ? null : next)}
    />
  );
}
