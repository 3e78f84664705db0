import type { ExpressionValue } from "./expression.ts";

export interface FormatContext {
  /** BCP 47. */
  readonly language: string;
  /** IANA zone. */
  readonly timeZone: string;
}

/** The named formats of `{{ value | format }}`: how a value is said and shown in a language. */
const FORMATS = {
  /** Figure by figure, as one says a telephone number or a code. */
  digits: (value, _context) => Array.from(String(value).replaceAll(/\s/g, "")).join(" "),
  /** A day, from UTC milliseconds or an ISO 8601 date. */
  date: (value, { language, timeZone }) => {
    const date = new Date(typeof value === "boolean" ? Number.NaN : value);
    if (Number.isNaN(date.getTime())) return String(value);
    // A date without a time is that day everywhere.
    const zone = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? "UTC" : timeZone;
    return new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: zone }).format(date);
  },
  /** A time of day, `14:05`. */
  time: (value, { language }) => {
    const date = new Date(`1970-01-01T${value}:00Z`);
    if (Number.isNaN(date.getTime())) return String(value);
    return new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "UTC" }).format(date);
  },
  number: (value, { language }) => {
    const number = typeof value === "boolean" || value === "" ? Number.NaN : Number(value);
    return Number.isFinite(number) ? new Intl.NumberFormat(language).format(number) : String(value);
  },
  /** A span of time, from milliseconds: the two largest units that are not zero. */
  duration: (value, { language }) => {
    const seconds = Math.round(Number(value) / 1_000);
    if (!Number.isFinite(seconds) || seconds < 0) return String(value);
    const parts = [
      ["hour", Math.floor(seconds / 3_600)],
      ["minute", Math.floor(seconds / 60) % 60],
      ["second", seconds % 60],
    ] as const;
    const said = parts.filter(([, amount]) => amount > 0).slice(0, 2);
    return (said.length > 0 ? said : [["second", 0] as const])
      .map(([unit, amount]) =>
        new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount),
      )
      .join(" ");
  },
} satisfies Readonly<Record<string, (value: ExpressionValue, context: FormatContext) => string>>;

export type FormatName = keyof typeof FORMATS;

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

/** A value in a format, in a language. Never throws: what the format cannot say is given as it is. */
export function formatValue(value: ExpressionValue, format: string | null, context: FormatContext): string {
  return format !== null && isFormat(format) ? FORMATS[format](value, context) : String(value);
}
