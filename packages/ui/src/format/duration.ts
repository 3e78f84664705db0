import type { Language } from "../texts/ui-language.tsx";

export type DurationForm = {
  /** `down` (default) for what has passed, `up` for what is left: the last second counts until it is over. */
  rounding?: "down" | "up" | undefined;
  /** `long` writes the units out, for reading aloud: `1 minute 42 secondes`. */
  words?: "short" | "long" | undefined;
};

/**
 * A stretch of time (milliseconds) as people say it: `42 s`, `1 min 42`, `1 h 05` in French; `42 s`, `1 min 42 s`, `1 h 05 min` in
 * English. Two units at most, and the second one always in two digits, so that columns align. What is negative or not a number
 * is 0. The spaces do not break.
 */
export function formatDuration(ms: number, language: Language, form: DurationForm = {}): string {
  const { hours, minutes, seconds } = parts(ms, form.rounding);
  if (form.words === "long") return inWords({ hours, minutes, seconds: hours > 0 ? 0 : seconds }, language);
  const lastUnit = (unit: string) => (language === "fr" ? "" : `\u00a0${unit}`);
  if (hours > 0) return `${hours}\u00a0h\u00a0${twoDigits(minutes)}${lastUnit("min")}`;
  if (minutes > 0) return `${minutes}\u00a0min\u00a0${twoDigits(seconds)}${lastUnit("s")}`;
  return `${seconds}\u00a0s`;
}

/** The same stretch of time for machines, by ISO 8601: `PT1M42S`. */
export function isoDuration(ms: number, rounding: DurationForm["rounding"] = "down"): string {
  const { hours, minutes, seconds } = parts(ms, rounding);
  const written = `${hours > 0 ? `${hours}H` : ""}${minutes > 0 ? `${minutes}M` : ""}${seconds > 0 ? `${seconds}S` : ""}`;
  return `PT${written === "" ? "0S" : written}`;
}

type Parts = { hours: number; minutes: number; seconds: number };

function parts(ms: number, rounding: DurationForm["rounding"]): Parts {
  const exact = Number.isFinite(ms) ? Math.max(0, ms) / 1000 : 0;
  const whole = rounding === "up" ? Math.ceil(exact) : Math.floor(exact);
  return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), seconds: whole % 60 };
}

function inWords({ hours, minutes, seconds }: Parts, language: Language): string {
  const written = (count: number, unit: "hour" | "minute" | "second") =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
  const said = [
    hours > 0 && written(hours, "hour"),
    minutes > 0 && written(minutes, "minute"),
    (seconds > 0 || hours + minutes === 0) && written(seconds, "second"),
  ];
  return said.filter((part) => part !== false).join(" ");
}

function twoDigits(count: number): string {
  return String(count).padStart(2, "0");
}
