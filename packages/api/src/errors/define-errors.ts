import type { Texts } from "../schemas.ts";

/**
 * `user`: whoever asked can mend it (4xx). `outside`: something that we depend on failed; asking again later may do (5xx).
 * `bug`: ours; it is logged with the request's id.
 */
export type ErrorKind = "user" | "outside" | "bug";

/**
 * One entry of the catalogue. `message` says what is wrong and where, `remedy` what to do; `{name}` is filled from the error's details,
 * which always carry the names in `details`.
 */
export interface ErrorDefinition {
  readonly kind: ErrorKind;
  readonly status: number;
  readonly details: readonly string[];
  readonly message: Texts;
  readonly remedy: Texts;
}

/** Keeps the codes as literal types. */
export const defineErrors = <const Errors extends Readonly<Record<string, ErrorDefinition>>>(errors: Errors): Errors =>
  errors;
