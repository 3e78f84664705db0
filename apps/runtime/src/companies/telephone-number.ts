import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";

const extension = /^[*#]?\d{1,6}$/;

/**
 * The one form in which a number is kept: E.164, or an extension of up to 6 digits as it is. National forms are read as the company's
 * country writes them. `null` when it is no number. Emergency and short numbers count as extensions: they are never rewritten.
 */
export function telephoneNumber(written: string, country: string): string | null {
  const compact = written.trim().replace(/[\s().\-/\u00a0\u202f]/g, "");
  if (extension.test(compact)) return compact;
  const parsed = parsePhoneNumberFromString(compact.replace(/^00/, "+"), countryCode(country));
  return parsed?.isPossible() ? parsed.number : null;
}

/** A kept number as people of the company's country write it; what is no E.164 stays as it is. */
export function numberText(number: string, country: string): string {
  if (!number.startsWith("+")) return number;
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return number;
  const atHome = parsed.country !== undefined && parsed.country === country;
  return (atHome ? parsed.formatNational() : parsed.formatInternational()).replace(/[\u00a0\u202f]/g, " ");
}

/**
 * Every form in which trunks write a dialled number, for comparing with kept ones: as received, with and without plus, and as national
 * number of `country`.
 */
export function dialledForms(received: string, country: string): readonly string[] {
  const user = received.replace(/^sips?:/, "").replace(/[@;].*$/, "");
  const forms = [user, `+${user.replace(/^(\+|00)/, "")}`, telephoneNumber(user, country)];
  return [...new Set(forms.filter((form) => form !== null))];
}

function countryCode(country: string): CountryCode | undefined {
  return isSupportedCountry(country) ? country : undefined;
}
