import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { telephoneNumber } from "../companies/index.ts";

/** Everywhere; many networks take them to the country's own. */
const emergencyAnywhere: ReadonlySet<string> = new Set(["112", "911", "999"]);

/** Emergency and rescue numbers, and those for people in need, by country: what the networks of these countries take as such. */
const emergencyOf: Readonly<Record<string, readonly string[]>> = {
  AT: ["122", "133", "140", "144"],
  BE: ["100", "101", "102", "110", "116000"],
  CA: ["211", "811", "988"],
  CH: ["117", "118", "143", "144", "145", "147"],
  DE: ["110", "115", "116116", "116117"],
  ES: ["016", "061", "062", "080", "085", "088", "091", "092"],
  FR: ["15", "17", "18", "114", "115", "116", "119", "191", "196", "197", "3114", "3919", "116000", "116006", "116117"],
  GB: ["101", "111", "116000", "116123"],
  IE: ["116000", "116123"],
  IT: ["113", "115", "117", "118", "1515", "1530"],
  LU: ["113", "116000"],
  MC: ["15", "17", "18", "116000"],
  NL: ["113", "116000"],
  PT: ["115", "117", "144"],
  US: ["211", "811", "988"],
};

interface Asked {
  /** As the network showed it, or as somebody keyed or wrote it. */
  readonly written: string;
  /** The company's. */
  readonly country: string;
  /** A number abroad is rung only when it is this one (the caller's own), or wherever it is when somebody of the company asked (`anywhere`). */
  readonly own: string | null | "anywhere";
}

/**
 * The number that a callback rings, in the one form in which numbers are kept; null when it is none that is rung. Strangers choose it and the
 * company pays: so no emergency and premium numbers, no service codes of an exchange, and none abroad that the call did not come from.
 */
export function numberToRing({ written, country, own }: Asked): string | null {
  const judged = judgeNumber(written, country);
  if (!judged.ok) return null;
  const { number } = judged;
  if (own === "anywhere" || judged.country === null || judged.country === country) return number;
  return own !== null && telephoneNumber(own, country) === number ? number : null;
}

/** `country`: where the number is; null: an extension, or a short number of the network. `ZZ`: in no country (a satellite, a service). */
export type JudgedNumber =
  | { readonly ok: true; readonly number: string; readonly country: string | null }
  /** As it is dialled in the company's country. */
  | { readonly ok: false; readonly why: "emergency"; readonly number: string }
  | { readonly ok: false; readonly why: "notANumber" | "premium" };

/** What a written number is, in the one form in which numbers are kept, or why nobody has it rung for them. */
export function judgeNumber(written: string, country: string): JudgedNumber {
  const number = telephoneNumber(written, country);
  if (number === null || /[*#]/.test(number)) return { ok: false, why: "notANumber" };
  if (!number.startsWith("+")) {
    return isEmergency(number, country) ? { ok: false, why: "emergency", number } : { ok: true, number, country: null };
  }
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return { ok: false, why: "notANumber" };
  const { nationalNumber } = parsed;
  if (isEmergency(nationalNumber, country)) return { ok: false, why: "emergency", number: nationalNumber };
  if (parsed.getType() === "PREMIUM_RATE") return { ok: false, why: "premium" };
  return { ok: true, number, country: parsed.country ?? "ZZ" };
}

function isEmergency(digits: string, country: string): boolean {
  return emergencyAnywhere.has(digits) || (emergencyOf[country] ?? []).includes(digits);
}
