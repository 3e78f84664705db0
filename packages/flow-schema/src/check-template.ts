import Value from "typebox/value";
import { parameterNames } from "./adopt.ts";
import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import { escapePointer } from "./shape-findings.ts";

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

/** Questions whose answers go nowhere, places of no question, defaults that do not fit. */
export function* checkTemplate(document: FlowDocument): Iterable<Finding> {
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

/** A JSON Schema of one answer, as far as samples are made by it. */
type Question = Readonly<Record<string, unknown>>;

function questionsOf({ parameters }: Pick<FlowDocument, "parameters">): Readonly<Record<string, Question>> {
  const entries = Object.entries(Object(parameters.properties)).map(([name, question]) => [name, members(question)]);
  return Object.fromEntries(entries);
}

function members(value: unknown): Question {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function sampleOf(name: string, question: Question): unknown {
  if (question.default !== undefined) return question.default;
  if (Array.isArray(question.enum) && question.enum.length > 0) return question.enum[0];
  const { type, minimum = 0, minLength = 0 } = question;
  if (type === "boolean") return false;
  if (type === "integer" || type === "number") return minimum;
  return type === "string" ? name.padEnd(Number(minLength), "x") : null;
}
