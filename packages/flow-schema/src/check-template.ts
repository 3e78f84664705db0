import Value from "typebox/value";
import { parameterNames } from "./adopt.ts";
import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import { escapePointer } from "./shape-findings.ts";
import { questionFindings, questionsOf } from "./template-questions.ts";

/** Whether a flow asks something before it can be used. */
export function isTemplate({ parameters }: Pick<FlowDocument, "parameters">): boolean {
  return Object.keys(parameters).length > 0;
}

/** Answers with which a template can be tried: defaults, else the first that fits. Ids of nothing: not for calls. */
export function sampleAnswers(document: Pick<FlowDocument, "parameters">): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(questionsOf(document)).map(([name, question]) => [name, sampleOf(name, question)]),
  );
}

/** Questions that are none, whose answers go nowhere, places of no question, defaults that do not fit. */
export function* checkTemplate(document: FlowDocument): Iterable<Finding> {
  const wrong = questionFindings(document);
  if (wrong.length > 0) return yield* wrong;
  const questions = questionsOf(document);
  const { parameters: _, ...rest } = document;
  const named = new Set(parameterNames(rest));
  for (const name of named) {
    if (!Object.hasOwn(questions, name)) yield finding("parameterUnknown", { pointer: "/parameters" }, { name });
  }
  for (const [name, question] of Object.entries(questions)) {
    const pointer = `/parameters/properties/${escapePointer(name)}`;
    if (!named.has(name)) yield finding("parameterUnused", { pointer, severity: "warning" }, { name });
    if (question.default !== undefined && !Value.Check(question, question.default)) {
      yield finding("parameterDefault", { pointer: `${pointer}/default` }, { name });
    }
  }
}

function sampleOf(name: string, question: ReturnType<typeof questionsOf>[string]): unknown {
  if (question.default !== undefined) return question.default;
  if (question.enum !== undefined && question.enum.length > 0) return question.enum[0];
  const { type, minimum = 0, minLength = 0 } = question;
  if (type === "boolean") return false;
  if (type === "integer" || type === "number") return minimum;
  return type === "string" ? name.padEnd(minLength, "x") : null;
}
