import type { ScreenLanguage } from "../schemas.ts";
import type { ErrorDefinition, ErrorKind } from "./define-errors.ts";
import { designErrors } from "./design-errors.ts";
import { deskErrors } from "./desk-errors.ts";
import { requestErrors } from "./request-errors.ts";
import { sessionErrors } from "./session-errors.ts";

export type { ErrorDefinition, ErrorKind };

/** Every error that the product answers, by code. Codes never change their meaning; `docs/reference/errors.md` is this, printed. */
export const errorCatalogue = { ...requestErrors, ...sessionErrors, ...deskErrors, ...designErrors };
export type ErrorCode = keyof typeof errorCatalogue;

export const errorCodes: readonly ErrorCode[] = Object.keys(errorCatalogue).filter(isErrorCode).sort();

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

/** Fills the sentences of an error in one language. A detail that is missing shows as its name, never as `undefined`. */
export function describeError(
  code: ErrorCode,
  details: Readonly<Record<string, unknown>>,
  language: ScreenLanguage,
): { readonly message: string; readonly remedy: string } {
  const definition: ErrorDefinition = errorCatalogue[code];
  const fill = (sentence: string) =>
    sentence.replace(/\{(\w+)\}/g, (_, name: string) => (name in details ? String(details[name]) : name));
  return { message: fill(definition.message[language]), remedy: fill(definition.remedy[language]) };
}
