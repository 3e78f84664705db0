import Value from "typebox/value";
import { parameterNames } from "./adopt.ts";
import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import { escapePointer } from "./shape-findings.ts";
import { questionsOf } from "./template-questions.ts";

/** Whether a flow asks something before it can be used. */
export function isTemplate({ parameters }: Pick<FlowDocument, "parameters">): boolean {
  return Object.keys(parameters).length > 0;
}

/** Answers with which a template can be tried: defaults, else the first that fits. Ids of nothing: not for calls. */
export function sampleAnswers(document: Pick<FlowDocument, "parameters">): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...questionsOf(document).each].map(([name, { says, schema }]) => [
      name,
      sampleOf(name, { ...schema, ...pick(says) }),
    ]),
  );
}

/** Questions that are none, whose answers go nowhere, places of no question, defaults that do not fit. */
export function* checkTemplate(document: FlowDocument): Iterable<Finding> {
  const questions = questionsOf(document);
  if (!questions.ok) {
    yield finding("parametersShape", { pointer: "/parameters" });
    return;
  }
  const { parameters: _, ...rest } = document;
  const named = new Set(parameterNames(rest));
  for (const name of named) {
    if (!questions.each.has(name)) yield finding("parameterUnknown", { pointer: "/parameters" }, { name });
  }
  for (const [name, { schema, says, refused }] of questions.each) {
    const pointer = `/parameters/properties/${escapePointer(name)}`;
    if (!named.has(name)) yield finding("parameterUnused", { pointer, severity: "warning" }, { name });
    for (const keyword of refused) yield finding("parameterKeyword", { pointer }, { name, keyword });
    if (says.default !== undefined && !Value.Check(schema, says.default)) {
      yield finding("parameterDefault", { pointer: `${pointer}/default` }, { name });
    }
  }
}

const pick = ({ default: usual }: Readonly<Record<string, unknown>>) => (usual === undefined ? {} : { default: usual });

function sampleOf(name: string, question: Readonly<Record<string, unknown>>): unknown {
  if (question.default !== undefined) return question.default;
  if (Array.isArray(question.enum) && question.enum.length > 0) return question.enum[0];
  const { type, minimum = 0, minLength = 0 } = question;
  if (type === "boolean") return false;
  if (type === "integer" || type === "number") return minimum;
  return type === "string" ? name.padEnd(Number(minLength), "x") : null;
}
