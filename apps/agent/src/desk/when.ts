import { type DateTimeForm, formatTime } from "@cordboard/ui";

const locales = { fr: "fr-FR", en: "en-GB" };

/**
 * When something was or will be, as briefly as it stays clear at `now`: `à 11 h 07` today, `hier à 14 h 02`, `le 3 nov. à 9 h 30`; with the year
 * where it is another one. Instants are milliseconds since 1970.
 */
export function formatWhen(instant: number, now: number, form: DateTimeForm): string {
  const { language } = form;
  const time = formatTime(instant, form);
  const at = language === "fr" ? `à ${time}` : `at ${time}`;
  const days = dayOf(instant, form.timeZone) - dayOf(now, form.timeZone);
  if (days === 0) return at;
  if (Math.abs(days) === 1) {
    return `${new Intl.RelativeTimeFormat(locales[language], { numeric: "auto" }).format(days, "day")} ${at}`;
  }
  const year = (when: number) =>
    new Intl.DateTimeFormat("en", { year: "numeric", timeZone: form.timeZone }).format(when);
  const date = new Intl.DateTimeFormat(locales[language], {
    day: "numeric",
    month: "short",
    ...(year(instant) !== year(now) && { year: "numeric" }),
    timeZone: form.timeZone,
  }).format(instant);
  return language === "fr" ? `le ${date} ${at}` : `on ${date} ${at}`;
}

/** Days of the calendar, counted from anywhere. */
function dayOf(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
  return Math.round(Date.parse(parts.format(instant)) / 86_400_000);
}
