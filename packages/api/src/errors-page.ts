import { type ErrorDefinition, errorCatalogue, errorCodes } from "./errors/index.ts";

const kinds = {
  user: "whoever asked can mend it",
  outside: "something outside failed; asking again later may do",
  bug: "a fault of Cordboard’s; the log has the request’s number",
} as const;

/** `docs/reference/errors.md`, printed from the catalogue. */
export function errorsPage(): string {
  const head = [
    "# Errors",
    "",
    "Printed from `packages/api/src/errors` by `npm run print -w @cordboard/api`; do not edit by hand.",
    "",
    "A failed request answers `{ error: { code, message, remedy, details, requestId } }` in the language of whoever asked.",
    "Words in braces are filled from `details`.",
    "",
  ];
  return [...head, ...errorCodes.flatMap((code) => section(code, errorCatalogue[code]))].join("\n");
}

function section(code: string, { status, kind, message, remedy }: ErrorDefinition): string[] {
  return [
    `## ${code}`,
    "",
    `HTTP ${status}: ${kinds[kind]}.`,
    "",
    `- ${message.en} ${remedy.en}`,
    `- ${message.fr} ${remedy.fr}`,
    "",
  ];
}
