import { parsePhoneNumberFromString } from "libphonenumber-js";
import { digitsOf } from "../call-records/index.ts";
import { telephoneNumber } from "../companies/index.ts";

/** Whose data is asked for: one number, in the forms in which networks and people write it. */
export interface Person {
  readonly companyId: string;
  readonly number: string;
  /** The digits of each form, the whole number each time. */
  readonly forms: ReadonlySet<string>;
}

/** Null where what was written is no number. */
export function personBy(companyId: string, written: string, country: string): Person | null {
  const number = telephoneNumber(written, country);
  const digits = digitsOf(number);
  if (number === null || digits === null) return null;
  const national = digitsOf(parsePhoneNumberFromString(number)?.formatNational() ?? null);
  const abroad = number.startsWith("+") ? `00${digits}` : null;
  const forms = [digits, national, abroad].filter((form) => form !== null);
  return { companyId, number, forms: new Set(forms) };
}

/** Whether a kept number is this person's. */
export function isOf({ forms }: Person, number: string | null | undefined): boolean {
  const digits = digitsOf(number ?? null);
  return digits !== null && forms.has(digits);
}
