import type { DiallingRules } from "@cordboard/api";
import { judgeNumber } from "../call-centre/index.ts";
import { numberText } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";

export interface DialledNumber {
  readonly written: string;
  /** The company's. */
  readonly country: string;
  readonly rules: Pick<DiallingRules, "allowed" | "countries">;
}

const refusedAs = { notANumber: "dialNotANumber", emergency: "dialEmergency", premium: "dialPremium" } as const;

/** The emergency number that this is, as it is dialled in the company's country; null: it is none. Nothing keeps an operator from one. */
export function emergencyNumber(written: string, country: string): string | null {
  const judged = judgeNumber(written, country);
  return !judged.ok && judged.why === "emergency" ? judged.number : null;
}

/**
 * The number that an operator dials, in the one form in which numbers are kept. Throws the sentence that says why not: no number, one that
 * is dialled on a telephone only, or one in a country that the company does not allow. Hours and the do-not-call list are asked apart.
 */
export function numberToDial({ written, country, rules }: DialledNumber): string {
  if (!rules.allowed) throw new UserError("diallingOff");
  const judged = judgeNumber(written, country);
  if (!judged.ok) throw new UserError(refusedAs[judged.why], { number: written.trim() });
  const { number } = judged;
  // Extensions and short numbers are at home.
  const at = judged.country ?? country;
  const allowed = rules.countries.length === 0 ? [country] : rules.countries;
  if (judged.country !== null && !allowed.includes(at)) {
    throw new UserError("dialCountry", { number: numberText(number, country), country: countryNames(at) });
  }
  return number;
}

/** What a country is called, in both languages; a number of no country (a satellite, a service) says so. */
function countryNames(code: string): { readonly fr: string; readonly en: string } {
  if (code === "ZZ") return { fr: "numéro international sans pays", en: "an international number of no country" };
  const named = (language: string) => new Intl.DisplayNames([language], { type: "region" }).of(code) ?? code;
  return { fr: named("fr"), en: named("en") };
}
