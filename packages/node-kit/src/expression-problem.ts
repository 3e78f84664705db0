import type { ConfigProblem } from "@cordboard/flow-schema";
import en from "./expression-problems.en.json" with { type: "json" };
import fr from "./expression-problems.fr.json" with { type: "json" };

export type ExpressionProblemCode = keyof typeof en;

/** A problem of an expression or template, with its sentence in both languages. */
export function expressionProblem(
  code: ExpressionProblemCode,
  pointer: string,
  details: Readonly<Record<string, string>>,
): ConfigProblem {
  const fill = (template: string) => template.replace(/\{(\w+)\}/g, (whole, name: string) => details[name] ?? whole);
  return { code, severity: "error", pointer, message: { fr: fill(fr[code]), en: fill(en[code]) } };
}
