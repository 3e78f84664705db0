import type { AuditEntry } from "@cordboard/api";
import { formatDateTime, formatDuration, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../../app/use-time-form.ts";
import type { WriteValue } from "./changed-members.ts";

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** Writes the values of the log as the other pages do: telephone numbers as at home, and by its name what an id stands for. */
export function useWrittenValue({ numberTexts, names }: Pick<AuditEntry, "numberTexts" | "names">): WriteValue {
  const { t } = useTranslation("audit");
  const language = useUiLanguage();
  const form = useTimeForm();
  return (name, value) => {
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (typeof value === "string")
      return instant.test(value)
        ? formatDateTime(Date.parse(value), form)
        : (numberTexts[value] ?? names[value] ?? value);
    if (!/Ms$|^ms$/.test(name)) return new Intl.NumberFormat(language).format(value);
    // Of a fraction of a second nothing would be left.
    if (value % 1_000 !== 0) return `${new Intl.NumberFormat(language).format(value)}\u00a0ms`;
    return formatDuration(value, language);
  };
}
