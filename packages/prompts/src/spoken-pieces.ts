import { type BuiltInLanguage, builtInLanguages } from "./built-in-prompts.ts";
import pieces from "./pieces.generated.json" with { type: "json" };

/** What can be said without a synthesiser. `digits`: figure by figure; `date`, `time` and `moment` (day and time, without the year): from UTC milliseconds; `duration`: from milliseconds. */
export const pieceFormats = ["digits", "number", "date", "time", "moment", "duration", "euros", "pounds"] as const;
export type PieceFormat = (typeof pieceFormats)[number];

/** A recorded piece of a number, a date or a duration. */
export interface Piece {
  /** By this name a company's own recording takes its place, in this language: pieces that are said alike are one. */
  readonly name: string;
  /** Inside the audio folder. */
  readonly file: string;
  readonly sha256: string;
  readonly durationMs: number;
  readonly text: string;
}

const recorded: Readonly<Record<BuiltInLanguage, Readonly<Record<string, Piece>>>> = {
  fr: named(pieces.fr),
  en: named(pieces.en),
};

/** Every piece that ships, for what serves their audio. */
export const allPieces: readonly Piece[] = Object.values(recorded).flatMap((ofLanguage) => Object.values(ofLanguage));

/** The pieces by their names, with what is said in the languages that have them: the list of what a company may record itself. */
export const builtInPieces: ReadonlyMap<string, Readonly<Partial<Record<BuiltInLanguage, Piece>>>> = byName();

/** The file that a piece is spoken in has its name: `pieces/n2.fr.wav`, of which the second of a month makes use too. */
function named(ofLanguage: Readonly<Record<string, Omit<Piece, "name">>>): Readonly<Record<string, Piece>> {
  return Object.fromEntries(
    Object.entries(ofLanguage).map(([name, piece]) => [
      name,
      { ...piece, name: `piece-${/^pieces\/(\w+)\./.exec(piece.file)?.[1] ?? name}` },
    ]),
  );
}

function byName() {
  const found = new Map<string, Partial<Record<BuiltInLanguage, Piece>>>();
  for (const language of builtInLanguages) {
    for (const piece of Object.values(recorded[language])) {
      found.set(piece.name, { ...found.get(piece.name), [language]: piece });
    }
  }
  return found;
}

/**
 * The pieces that say a value, in order; `null` when it cannot be said so (not a number, 10⁹ and more, a letter among digits): the caller of
 * this function then has it said by a synthesiser, or leaves it out, but never says half of it.
 *
 * `timeZone` is IANA's. Numbers are said with at most two decimals; a duration by its two largest units.
 */
export function spokenPieces(
  value: string | number,
  format: PieceFormat,
  { language, timeZone }: { readonly language: BuiltInLanguage; readonly timeZone: string },
): readonly Piece[] | null {
  const names = namesOf(value, format, language, timeZone);
  if (names === null || names.length === 0) return null;
  const found = names.map((name) => recorded[language][name]);
  return found.every((piece) => piece !== undefined) ? found : null;
}

function namesOf(
  value: string | number,
  format: PieceFormat,
  language: BuiltInLanguage,
  zone: string,
): string[] | null {
  if (format === "digits") return digits(String(value));
  const number = typeof value === "number" ? value : value.trim() === "" ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) return null;
  switch (format) {
    case "number":
      return decimal(number, language);
    case "date":
      return date(number, language, zone);
    case "time":
      return time(number, language, zone);
    case "moment":
      return dayAndTime(number, language, zone);
    case "duration":
      return duration(number, language);
    case "euros":
      return money(number, language, { one: "euro", many: "euros", part: "cent", parts: "cents", feminine: false });
    case "pounds":
      return money(number, language, { one: "pound", many: "pounds", part: "penny", parts: "pence", feminine: true });
  }
}

const SIGNS: Readonly<Record<string, string>> = { "*": "star", "#": "hash", "+": "plus" };

function digits(text: string): string[] | null {
  const names: string[] = [];
  for (const sign of text.replaceAll(/[\s.\-()]/g, "")) {
    const name = /^\d$/.test(sign) ? `n${sign}` : SIGNS[sign];
    if (name === undefined) return null;
    names.push(name);
  }
  return names;
}

/** A whole number from 0 to 999,999,999. French counts feminine things (une heure, vingt et une minutes). */
function whole(number: number, language: BuiltInLanguage, feminine = false): string[] | null {
  if (!Number.isInteger(number) || number < 0 || number > 999_999_999) return null;
  const millions = Math.floor(number / 1_000_000);
  const thousands = Math.floor(number / 1_000) % 1_000;
  const rest = number % 1_000;
  const names: string[] = [];
  if (millions > 0) names.push(...below1000(millions, language, false), millions > 1 ? "millions" : "million");
  // French says "mille", never "un mille".
  if (thousands > 0) {
    names.push(...(thousands === 1 && language === "fr" ? [] : below1000(thousands, language, false)), "thousand");
  }
  if (rest > 0 || names.length === 0) {
    if (language === "en" && names.length > 0 && rest < 100) names.push("and");
    names.push(...below1000(rest, language, feminine));
  }
  return names;
}

function below1000(number: number, language: BuiltInLanguage, feminine: boolean): string[] {
  const hundreds = Math.floor(number / 100);
  const rest = number % 100;
  const names: string[] = [];
  if (hundreds > 0) names.push(...(hundreds === 1 && language === "fr" ? [] : [`n${hundreds}`]), "hundred");
  if (rest === 0 && hundreds > 0) return names;
  if (hundreds > 0 && language === "en") names.push("and");
  const hasFeminine =
    language === "fr" && feminine && (rest === 1 || (rest % 10 === 1 && rest !== 11 && rest !== 71 && rest !== 91));
  names.push(hasFeminine ? `f${rest}` : `n${rest}`);
  return names;
}

function decimal(number: number, language: BuiltInLanguage): string[] | null {
  const hundredths = Math.round(Math.abs(number) * 100);
  const integer = whole(Math.floor(hundredths / 100), language);
  if (integer === null) return null;
  const sign = number < 0 && hundredths > 0 ? ["minus"] : [];
  const fraction = String(hundredths % 100)
    .padStart(2, "0")
    .replace(/0+$/, "");
  return fraction === "" ? [...sign, ...integer] : [...sign, ...integer, "point", ...(digits(fraction) ?? [])];
}

function duration(ms: number, language: BuiltInLanguage): string[] | null {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 0) return null;
  const parts = [
    ["day", Math.floor(seconds / 86_400)],
    ["hour", Math.floor(seconds / 3_600) % 24],
    ["minute", Math.floor(seconds / 60) % 60],
    ["second", seconds % 60],
  ] as const;
  const said = parts.filter(([, amount]) => amount > 0).slice(0, 2);
  const names: string[] = [];
  for (const [unit, amount] of said.length > 0 ? said : [["second", 0] as const]) {
    const count = whole(amount, language, unit !== "day");
    if (count === null) return null;
    // French: zero takes the singular.
    names.push(...count, amount > 1 || (amount === 0 && language === "en") ? `${unit}s` : unit);
  }
  return names;
}

interface Currency {
  readonly one: string;
  readonly many: string;
  readonly part: string;
  readonly parts: string;
  readonly feminine: boolean;
}

function money(amount: number, language: BuiltInLanguage, currency: Currency): string[] | null {
  const hundredths = Math.round(Math.abs(amount) * 100);
  const units = Math.floor(hundredths / 100);
  const rest = hundredths % 100;
  const plural = (count: number) => count > 1 || (count === 0 && language === "en");
  const names = amount < 0 && hundredths > 0 ? ["minus"] : [];
  if (units > 0 || rest === 0) {
    const count = whole(units, language, currency.feminine);
    if (count === null) return null;
    names.push(...count, plural(units) ? currency.many : currency.one);
  }
  if (rest > 0) {
    if (units > 0) names.push("and");
    names.push(...(whole(rest, language) ?? []), plural(rest) ? currency.parts : currency.part);
  }
  return names;
}

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Monday is 1. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function moment(ms: number, timeZone: string): Moment | null {
  if (Math.abs(ms) > 8.64e15) return null;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    weekday: "short",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  const weekday = WEEKDAYS.indexOf(parts.weekday ?? "") + 1;
  return {
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    weekday,
    hour: Number(parts.hour),
    minute: Number(parts.minute),
  };
}

function date(ms: number, language: BuiltInLanguage, timeZone: string): string[] | null {
  const at = moment(ms, timeZone);
  const year = at && whole(at.year, language);
  return at && year && [`weekday${at.weekday}`, `date${at.day}`, `month${at.month}`, ...year];
}

/** A day that is near: its year is not said. */
function dayAndTime(ms: number, language: BuiltInLanguage, timeZone: string): string[] | null {
  const at = moment(ms, timeZone);
  const said = time(ms, language, timeZone);
  return at && said && [`weekday${at.weekday}`, `date${at.day}`, `month${at.month}`, ...said];
}

function time(ms: number, language: BuiltInLanguage, timeZone: string): string[] | null {
  const at = moment(ms, timeZone);
  if (!at) return null;
  const { hour, minute } = at;
  if (language === "fr") {
    const minutes = minute === 0 ? [] : (whole(minute, "fr") ?? []);
    if (hour === 0 && minute === 0) return ["midnight"];
    if (hour === 12 && minute === 0) return ["noon"];
    return [...(whole(hour, "fr", true) ?? []), hour > 1 ? "hours" : "hour", ...minutes];
  }
  if (minute === 0 && hour === 0) return ["midnight"];
  if (minute === 0 && hour === 12) return ["noon"];
  const said = minute === 0 ? [] : minute < 10 ? ["oh", `n${minute}`] : [`n${minute}`];
  return [`n${hour % 12 === 0 ? 12 : hour % 12}`, ...said, hour < 12 ? "am" : "pm"];
}
