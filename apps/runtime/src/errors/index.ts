export { CodedError, OutsideError, UserError } from "./coded-error.ts";
