import type { Language } from "../texts/ui-language.tsx";

export type DateTimeForm = {
  language: Language;
  /** IANA name, like `Europe/Paris`: the company's zone, never silently the browser's. */
  timeZone: string;
};

const locales = { fr: "fr-FR", en: "en-GB" };

/** The time of day to the minute: `11 h 07`, `11:07`. Instants are milliseconds since 1970. */
export function formatTime(instant: number, { language, timeZone }: DateTimeForm): string {
  const written = formatter({ language, timeZone }, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    instant,
  );
  return language === "fr" ? written.replace(":", "\u00a0h\u00a0") : written;
}

/** The time of day to the millisecond, for traces: `11:07:42,318`, `11:07:42.318`. */
export function formatPreciseTime(instant: number, form: DateTimeForm): string {
  return formatter(form, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
  }).format(instant);
}

/** The date in full, for where there is room: `lundi 23 novembre 2026`, `Monday 23 November 2026`. */
export function formatDate(instant: number, form: DateTimeForm): string {
  return formatter(form, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(instant);
}

/** The date where there is little room: `23 nov. 2026`, `23 Nov 2026`. */
export function formatShortDate(instant: number, form: DateTimeForm): string {
  return formatter(form, { day: "numeric", month: "short", year: "numeric" }).format(instant);
}

/** Date and time of day: `23 nov. 2026, 11 h 07`, `23 Nov 2026, 11:07`. */
export function formatDateTime(instant: number, form: DateTimeForm): string {
  return `${formatShortDate(instant, form)}, ${formatTime(instant, form)}`;
}

/** Formatters are dear to make and lists make thousands of dates: one is kept for each form. */
const kept = new Map<string, Intl.DateTimeFormat>();

function formatter({ language, timeZone }: DateTimeForm, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify([language, timeZone, options]);
  const known = kept.get(name);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locales[language], { ...options, timeZone });
  kept.set(name, made);
  return made;
}
