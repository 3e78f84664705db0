import type { ScreenLanguage } from "../schemas.ts";
import { typesetFrench } from "../typeset-french.ts";
import type { ErrorDefinition, ErrorKind } from "./define-errors.ts";
import { designErrors } from "./design-errors.ts";
import { deskErrors } from "./desk-errors.ts";
import { diallingErrors } from "./dialling-errors.ts";
import { integratorErrors } from "./integrator-errors.ts";
import { liveErrors } from "./live-errors.ts";
import { requestErrors } from "./request-errors.ts";
import { sessionErrors } from "./session-errors.ts";
import { signInErrors } from "./sign-in-errors.ts";
import { stateNames } from "./state-names.ts";
import { thingNames } from "./thing-names.ts";

export type { ErrorDefinition, ErrorKind };

/** Every error that the product answers, by code. Codes never change their meaning; `docs/reference/errors.md` is this, printed. */
export const errorCatalogue = {
  ...requestErrors,
  ...sessionErrors,
  ...signInErrors,
  ...deskErrors,
  ...diallingErrors,
  ...designErrors,
  ...liveErrors,
  ...integratorErrors,
};
export type ErrorCode = keyof typeof errorCatalogue;

export const errorCodes: readonly ErrorCode[] = Object.keys(errorCatalogue).filter(isErrorCode).sort();

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

/**
 * Fills the sentences of an error in one language. A detail may be a text in both languages (`{ fr, en }`); one that is missing shows as its
 * name, never as `undefined`.
 */
export function describeError(
  code: ErrorCode,
  details: Readonly<Record<string, unknown>>,
  language: ScreenLanguage,
): { readonly message: string; readonly remedy: string } {
  const definition: ErrorDefinition = errorCatalogue[code];
  const fill = (sentence: string) =>
    sentence.replace(/\{(\w+)\}/g, (_, name: string) =>
      Object.hasOwn(details, name) ? inLanguage(nameOf(name, details[name]), language) : name,
    );
  const set = (sentence: string) => (language === "fr" ? typesetFrench(fill(sentence)) : fill(sentence));
  return { message: set(definition.message[language]), remedy: set(definition.remedy[language]) };
}

/** Details that are keys, and the words for them. */
const namedDetails = new Map([
  ["what", new Map(Object.entries(thingNames))],
  ["state", new Map(Object.entries(stateNames))],
]);

/** A thing that is named by a key is said in words. */
function nameOf(field: string, detail: unknown): unknown {
  return typeof detail === "string" ? (namedDetails.get(field)?.get(detail) ?? detail) : detail;
}

function inLanguage(detail: unknown, language: ScreenLanguage): string {
  const text =
    typeof detail === "object" && detail !== null && language in detail ? Reflect.get(detail, language) : detail;
  return String(text);
}
