import type { RequestShape, Texts } from "@cordboard/api";
import type { Request } from "express";
import type { TSchema } from "typebox";
import { System } from "typebox/system";
import { Value } from "typebox/value";
import { UserError } from "../errors/index.ts";

/** The parts of a request as its contract wants them, defaults filled in, or throws `requestInvalid` naming the first fault. */
export function readInput(shape: RequestShape, request: Request): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  if (shape.params) input.params = checked(shape.params, { ...request.params }, "/params");
  if (shape.query) input.query = checked(shape.query, Value.Convert(shape.query, { ...request.query }), "/query");
  if (shape.body) {
    if (request.body === undefined) throw new UserError("notJson");
    input.body = checked(shape.body, Value.Default(shape.body, request.body), "/body");
  }
  return input;
}

function checked(schema: TSchema, value: unknown, part: string): unknown {
  if (Value.Check(schema, value)) return value;
  // "schema is false" is how a field that nobody named is told; the one after it says so in words.
  const [first] = Value.Errors(schema, value).filter(({ keyword }) => keyword !== "boolean");
  const problem: Texts = first
    ? { fr: System.Locale.fr_FR(first), en: System.Locale.en_US(first) }
    : { fr: "n’a pas la forme attendue", en: "does not have the expected shape" };
  const named = first && "additionalProperties" in first.params ? ` (${first.params.additionalProperties})` : "";
  throw new UserError("requestInvalid", { where: `${part}${first?.instancePath ?? ""}${named}`, problem });
}
