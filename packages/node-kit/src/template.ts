import type { ConfigProblem, DocumentFacts } from "@cordboard/flow-schema";
import {
  checkExpression,
  type Expression,
  type ExpressionScope,
  expressionVariables,
  renameInExpression,
} from "./expression.ts";
import { expressionProblem } from "./expression-problem.ts";
import { type FormatContext, formatValue, isFormat } from "./format-value.ts";

/** One `{{ expression | format }}` of a text. `source` is what stands between the braces: the key of its value. */
export interface TemplatePlace {
  readonly source: string;
  readonly expression: string;
  readonly format: string | null;
}

const PLACE = /\{\{(.*?)\}\}/gs;
// The last single bar parts the format; `||` belongs to the expression.
const FORMAT = /^(.*[^|])\|\s*([A-Za-z]+)$/s;

/** The `{{ … }}` places of a text, in order. */
export function templatePlaces(text: string): readonly TemplatePlace[] {
  return [...text.matchAll(PLACE)].map(([, inner = ""]) => {
    const source = inner.trim();
    const [, expression, format] = FORMAT.exec(source) ?? [];
    return { source, expression: (expression ?? source).trim(), format: format ?? null };
  });
}

/** A text with its places filled by `values`, which are named by what stands between the braces; a place without a value stays empty. */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACE, (_, inner: string) => {
    const source = inner.trim();
    return Object.hasOwn(values, source) ? (values[source] ?? "") : "";
  });
}

/** The variables of the flow that a text's places read. */
export function templateVariables(text: string): ReadonlySet<string> {
  return new Set(templatePlaces(text).flatMap(({ expression }) => [...expressionVariables(expression)]));
}

/** A text with a variable under another name in its places; `skip` tells by what stands between the braces which are not read. As renameInExpression. */
export function renameInTemplate(
  text: string,
  from: string,
  to: string,
  skip: (source: string) => boolean = () => false,
): ReturnType<typeof renameInExpression> {
  let refused: ReturnType<typeof renameInExpression> | null = null;
  const source = text.replace(PLACE, (whole, inner: string) => {
    const written = inner.trim();
    if (skip(written)) return whole;
    const [, expression = written] = FORMAT.exec(written) ?? [];
    const renamed = renameInExpression(expression, from, to);
    if (renamed.ok) return `{{${inner.replace(expression, () => renamed.source)}}}`;
    // What a loop would take for its own is worse than what nobody can read.
    if (refused === null || renamed.reason === "bound") refused = renamed;
    return whole;
  });
  return refused ?? { ok: true, source };
}

/** The values of a text's places; those whose expression fails are empty, and named in `failed`. */
export function templateValues(
  text: string,
  scope: ExpressionScope,
  context: FormatContext,
  compile: (expression: string) => Expression,
): {
  readonly values: Readonly<Record<string, string>>;
  readonly failed: readonly { source: string; reason: string }[];
} {
  const failed: { source: string; reason: string }[] = [];
  const values = templatePlaces(text).map(({ source, expression, format }): readonly [string, string] => {
    const result = compile(expression)(scope);
    if (result.ok) return [source, formatValue(result.value, format, context)];
    failed.push({ source, reason: result.reason });
    return [source, ""];
  });
  return { values: Object.fromEntries(values), failed };
}

/** What is wrong with the places of a text. Secret variables are, unless it `hides` them: what is said or shown is seen. */
export function checkTemplate(
  text: string,
  facts: DocumentFacts,
  pointer: string,
  hides = false,
): readonly ConfigProblem[] {
  const rest = text.replace(PLACE, "");
  const problems: ConfigProblem[] = [];
  if (rest.includes("{{")) problems.push(expressionProblem("templateUnclosed", pointer, { source: text }));
  for (const { source, expression, format } of templatePlaces(text)) {
    problems.push(...checkExpression(expression, facts, { pointer }));
    if (format !== null && !isFormat(format)) {
      problems.push(expressionProblem("templateFormat", pointer, { name: format }));
    }
    for (const name of hides ? [] : expressionVariables(expression)) {
      if (Object.hasOwn(facts.variables, name) && facts.variables[name]?.secret) {
        problems.push(expressionProblem("secretShown", pointer, { name, source }));
      }
    }
  }
  return problems;
}
