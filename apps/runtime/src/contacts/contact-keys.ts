import type { ContactFields } from "@cordboard/api";
import type { ContactKeys } from "./model.ts";

/** Lengths of the beginnings that an index is asked for: what is longer is compared with what was found. */
const WORD_STARTS = [2, 4];
const DIGIT_STARTS = [4, 8];
/** More words of a contact are not found by. */
const MOST_WORDS = 40;
const LONGEST_KEY = 120;

/** A text as it is compared: without accents, capitals and signs. */
export const folded = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();

/** The words of a text, as they are looked for. */
const wordsOf = (text: string): readonly string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A customer number as a telephone can key it, and as it is written; both find the contact. */
export function customerKeysOf(written: string): readonly string[] {
  const compact = written.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
  const digits = compact.replace(/\D/g, "");
  return [...new Set([compact, digits])].filter((key) => key !== "");
}

/** The key of an id of another system, unique in the installation. */
export const externalKey = (companyId: string, { system, id }: { system: string; id: string }): string =>
  `${companyId} ${system.toLowerCase()} ${id}`;

/** What a contact with these fields is found by. Its numbers are in the form in which they are kept. */
export function contactKeys(companyId: string, fields: ContactFields): ContactKeys {
  const { name, company, customerNumber, numbers, externalIds } = fields;
  const callerNumbers = [...new Set(numbers.filter((number) => number.startsWith("+")))];
  const texts = [...new Set(wordsOf(`${name} ${company} ${customerNumber}`))].slice(0, MOST_WORDS);
  const compactCustomer = folded(customerNumber).replace(/[^\p{L}\p{N}]/gu, "");
  const digits = numbers.map((number) => number.replace(/\D/g, "")).filter((each) => each !== "");
  const words = [...new Set([...texts, ...(compactCustomer === "" ? [] : [compactCustomer]), ...digits])];
  const starts = words.flatMap((word) => startsOf(word, digits.includes(word)));
  return {
    sortKey: folded(name).trim().slice(0, LONGEST_KEY),
    words,
    starts: [...new Set(starts)],
    callerNumbers,
    customerKeys: customerKeysOf(customerNumber),
    externalText: externalIds.map(({ system, id }) => `${system} ${id}`).join(", "),
    ...(externalIds.length > 0 && { externalKeys: externalIds.map((external) => externalKey(companyId, external)) }),
  };
}

/** Words begin at two letters; telephone numbers begin with a country, which says little. Whatever is shorter begins as a whole. */
function startsOf(word: string, isTelephone: boolean): readonly string[] {
  // Digits of a customer number are asked for like either.
  const both = /^\d+$/.test(word) ? [...new Set([...WORD_STARTS, ...DIGIT_STARTS])] : WORD_STARTS;
  const lengths = isTelephone ? DIGIT_STARTS : both;
  const starts = lengths.filter((length) => word.length >= length).map((length) => word.slice(0, length));
  return starts.length > 0 ? starts : [word];
}

/** One word of a search: what the index is asked for, and what must then be so. */
export interface WordAsked {
  readonly start: string;
  readonly word: string;
}

/** The words of a search; a telephone number is one, read as the country writes it. Null: too short to look for. */
export function wordsAsked(search: string, callingCode: string | null): readonly WordAsked[] | null {
  const number = digitsAsked(search, callingCode);
  if (number !== null) return [asked(number, DIGIT_STARTS)];
  const long = wordsOf(search).filter((word) => word.length >= 2);
  return long.length === 0
    ? null
    : long.map((word) => asked(word, WORD_STARTS)).sort((a, b) => b.word.length - a.word.length);
}

function asked(word: string, lengths: readonly number[]): WordAsked {
  const length = lengths.findLast((each) => each <= word.length) ?? word.length;
  return { word, start: word.slice(0, length) };
}

/** Digits that could be those of a telephone: four and more, however they are parted. */
function digitsAsked(search: string, callingCode: string | null): string | null {
  const compact = search.replace(/[\s().\-/\u00a0\u202f]/g, "");
  if (!/^\+?\d{4,}$/.test(compact)) return null;
  if (compact.startsWith("+")) return compact.slice(1);
  if (compact.startsWith("00")) return compact.slice(2) || null;
  if (compact.startsWith("0") && callingCode !== null) return callingCode + compact.slice(1);
  return compact;
}
