import { type DateTimeForm, formatTime } from "../format/date-time.ts";
import { Select } from "../select/select.tsx";
import { useUiLanguage } from "../texts/ui-language.tsx";
import styles from "./moment-choice.module.css";

export type MomentChoiceProps = {
  /** What may be chosen, instants in order. */
  moments: readonly number[];
  /** Null: none of them, which the first choice stands for. */
  value: number | null;
  onChange: (moment: number | null) => void;
  /** In whose zone days and times are told. */
  timeZone: string;
  /** How the two lists are called, and the choice of none. */
  labels: { readonly day: string; readonly time: string; readonly none: string };
};

const locales = { fr: "fr-FR", en: "en-GB" } as const;

/** One of the moments that are offered: its day first, then its time. */
export function MomentChoice({ moments, value, onChange, timeZone, labels }: MomentChoiceProps) {
  const language = useUiLanguage();
  const form: DateTimeForm = { language, timeZone };
  const days = [...new Set(moments.map((moment) => dayOf(moment, timeZone)))];
  const chosen = value === null ? null : dayOf(value, timeZone);
  const first = (day: string) => moments.find((moment) => dayOf(moment, timeZone) === day) ?? null;
  const dayName = (day: string) =>
    new Intl.DateTimeFormat(locales[language], { weekday: "long", day: "numeric", month: "long", timeZone }).format(
      first(day) ?? 0,
    );
  return (
    <div className={styles.choice}>
      <Select
        label={labels.day}
        options={[{ value: "", label: labels.none }, ...days.map((day) => ({ value: day, label: dayName(day) }))]}
        value={chosen !== null && days.includes(chosen) ? chosen : ""}
        onChange={(day) => onChange(day === "" ? null : first(day))}
      />
      {chosen !== null && days.includes(chosen) && (
        <Select
          label={labels.time}
          options={moments
            .filter((moment) => dayOf(moment, timeZone) === chosen)
            .map((moment) => ({ value: String(moment), label: formatTime(moment, form) }))}
          value={String(value)}
          onChange={(moment) => onChange(Number(moment))}
        />
      )}
    </div>
  );
}

/** `2026-12-01`, by the clock on the wall. */
function dayOf(moment: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(moment);
}
