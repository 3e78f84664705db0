import { type Doc, isDoc, MISSING } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { setField, splitPath } from "../paths.ts";
import type { Evaluate } from "./evaluate.ts";
import { EXPRESSION_OPERATORS } from "./expression-operators.ts";

/** The top-level fields that an expression reads; "all" when it reads the whole document. */
export class Reads {
  readonly fields = new Set<string>();
  all = false;
}

/** Reads an expression. Throws MongoDB's error for an operator or a variable that is not carried. */
export function compileExpression(expression: unknown, reads: Reads): Evaluate {
  if (typeof expression === "string" && expression.startsWith("$")) return compileReference(expression, reads);
  if (Array.isArray(expression)) {
    const elements = expression.map((element) => compileExpression(element, reads));
    return (scope) => elements.map((element) => presentOrNull(element(scope)));
  }
  if (!isDoc(expression)) return () => expression;
  const names = Object.keys(expression);
  const [operator] = names;
  if (operator?.startsWith("$")) {
    if (names.length > 1)
      throw new MongoError(
        15983,
        `an object representing an expression must have exactly one field: ${names.join(", ")}`,
      );
    if (operator === "$literal") return () => expression[operator];
    const make = EXPRESSION_OPERATORS.get(operator);
    if (make === undefined) throw new MongoError(168, `Unrecognized expression '${operator}'`);
    return make(expression[operator], (part) => compileExpression(part, reads));
  }
  const fields = Object.entries(expression).map(([name, value]) => [name, compileExpression(value, reads)] as const);
  return (scope) => {
    const made: Doc = {};
    for (const [name, evaluate] of fields) {
      const value = evaluate(scope);
      if (value !== MISSING) setField(made, name, value);
    }
    return made;
  };
}

export function presentOrNull(value: unknown): unknown {
  return value === MISSING ? null : value;
}

function compileReference(reference: string, reads: Reads): Evaluate {
  if (!reference.startsWith("$$")) {
    const parts = splitPath(reference.slice(1));
    if (parts.some((part) => part === "" || part.startsWith("$")))
      throw new MongoError(16872, `'${reference}' is not a valid field path`);
    reads.fields.add(parts[0] ?? "");
    return ({ root }) => fieldAt(root, parts, 0);
  }
  const [variable = "", ...parts] = splitPath(reference.slice(2));
  switch (variable) {
    case "ROOT":
    case "CURRENT":
      reads.all = true;
      return ({ root }) => fieldAt(root, parts, 0);
    case "NOW":
      return ({ now }) => (parts.length === 0 ? now : MISSING);
    case "REMOVE":
      return () => MISSING;
    default:
      throw new MongoError(17276, `Use of undefined variable: ${variable}`);
  }
}

/** A field path in an expression: an array on the way gives the array of what its documents hold; positions are not names here. */
function fieldAt(value: unknown, parts: readonly string[], depth: number): unknown {
  const part = parts[depth];
  if (part === undefined) return value;
  if (Array.isArray(value)) {
    return value
      .map((element) => (isDoc(element) || Array.isArray(element) ? fieldAt(element, parts, depth) : MISSING))
      .filter((found) => found !== MISSING);
  }
  if (isDoc(value) && Object.hasOwn(value, part)) return fieldAt(value[part], parts, depth + 1);
  return MISSING;
}
