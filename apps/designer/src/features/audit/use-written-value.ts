import { formatDateTime, formatDuration, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../../app/use-time-form.ts";
import type { WriteValue } from "./changed-members.ts";

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** Writes the values of the log as the other pages do: `numbers` says how telephone numbers are written at home. */
export function useWrittenValue(numbers: Readonly<Record<string, string>>): WriteValue {
  const { t } = useTranslation("audit");
  const language = useUiLanguage();
  const form = useTimeForm();
  return (name, value) => {
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (typeof value === "string")
      return instant.test(value) ? formatDateTime(Date.parse(value), form) : (numbers[value] ?? value);
    if (!/Ms$|^ms$/.test(name)) return new Intl.NumberFormat(language).format(value);
    // Of a fraction of a second nothing would be left.
    if (value % 1_000 !== 0) return `${new Intl.NumberFormat(language).format(value)}\u00a0ms`;
    return formatDuration(value, language);
  };
}
