import { TextField } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import styles from "./digits-widget.module.css";
import { useSettingWorld } from "./setting-context.ts";
import { textOf, type WidgetProps } from "./widget-props.ts";

const onePerPress = "^[0-9*#]$";

/** One key of a telephone, or several: only what can be pressed can be typed. */
export function DigitsWidget({ label, value, schema, optional, problem, onChange, pointer }: WidgetProps) {
  const { t } = useTranslation("widgets");
  const { readOnly } = useSettingWorld();
  const one = schema.pattern === onePerPress || schema.maxLength === 1;
  return (
    <TextField
      label={label}
      error={problem}
      className={one ? (styles.one ?? "") : ""}
      inputMode="tel"
      autoComplete="off"
      value={textOf(value)}
      readOnly={readOnly}
      {...(!one && { hint: t("digits.many") })}
      onChange={(event) => {
        const pressed = event.target.value.replace(/[^0-9*#]/g, "");
        // The key typed last takes the place of the one before.
        const next = one ? pressed.slice(-1) : pressed;
        onChange(optional && next === "" ? null : next, pointer);
      }}
    />
  );
}
