import { getCountryCallingCode, isSupportedCountry } from "libphonenumber-js";
import { telephoneNumber } from "../companies/index.ts";

/** So many digits in a row are what numbers are looked for by. */
const GRAM = 4;

/** The digits of a number as it is kept (E.164 or an extension); null for none. */
export function digitsOf(number: string | null): string | null {
  const digits =
    number
      ?.replace(/^sips?:/, "")
      .replace(/[@;].*$/, "")
      .replace(/\D/g, "") ?? "";
  return digits === "" ? null : digits;
}

/**
 * What an index finds a number by when any part of it is asked for: every four digits in a row, each once; of shorter numbers the whole.
 * A part of four digits leads to about one number in 1,200; what is longer is compared with what was found.
 */
export function gramsOf(digits: string | null): readonly string[] {
  if (digits === null) return [];
  if (digits.length <= GRAM) return [digits];
  return [...new Set(Array.from({ length: digits.length - GRAM + 1 }, (_, at) => digits.slice(at, at + GRAM)))];
}

/** One way to read what was asked for: digits that stand somewhere in the number, or at its beginning. */
export interface DigitsAsked {
  readonly digits: string;
  readonly atStart: boolean;
  /** What the index is asked for: the last digits, because the first are those of a country or an operator. */
  readonly gram: string;
}

/**
 * How a number that somebody typed may stand in a call: as the company's country writes it, with a country code, or a part of either.
 * Empty when there are too few digits to look for: fewer than four find short numbers only.
 */
export function digitsAsked(written: string, country: string): readonly DigitsAsked[] {
  const typed = written.replace(/\D/g, "");
  if (typed === "") return [];
  const whole = telephoneNumber(written, country);
  const calling = isSupportedCountry(country) ? getCountryCallingCode(country) : null;
  const asked: DigitsAsked[] = [];
  const add = (digits: string, atStart: boolean) => {
    if (asked.some((one) => one.digits === digits)) return;
    asked.push({ digits, atStart, gram: digits.length <= GRAM ? digits : digits.slice(-GRAM) });
  };
  if (whole?.startsWith("+")) add(whole.slice(1), true);
  else if (typed.startsWith("00")) add(typed.slice(2), true);
  else if (typed.startsWith("0") && calling !== null) add(calling + typed.slice(1), true);
  add(typed, false);
  return asked.filter(({ digits }) => digits.length > 0);
}

/** Whether a number with these digits is one that was asked for. */
export function hasDigits(digits: string | null, asked: readonly DigitsAsked[]): boolean {
  if (digits === null) return false;
  return asked.some((one) => {
    if (one.digits.length < GRAM) return digits === one.digits;
    return one.atStart ? digits.startsWith(one.digits) : digits.includes(one.digits);
  });
}
