import { type ErrorCode, errorCatalogue } from "@cordboard/api";

/** An error of the catalogue. `details` fill its sentences and travel to whoever asked, so nothing secret belongs in them. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(`${errorCatalogue[code].message.en} (${code})`, options);
    this.code = code;
    this.details = details;
  }
}

/** Whoever asked can mend it. */
export class UserError extends CodedError {
  override readonly name = "UserError";
}

/** Something that we depend on failed; asking again later may do. */
export class OutsideError extends CodedError {
  override readonly name = "OutsideError";
}
