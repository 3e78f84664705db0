import {
  type ExpressionValue,
  type QueueFigureNames,
  type QueueFigures,
  type StepAction,
  theContact,
  valueAs,
} from "@cordboard/node-kit";
import { type Draft, note } from "./draft.ts";
import { declaredVariables, evaluate } from "./resolve.ts";

/** Gives a variable the value of an expression. One that fails, or is of another type, leaves it as it was, noted. */
export function setVariable(draft: Draft, variable: string, expression: string): void {
  const value = evaluate(draft, expression);
  if (value !== undefined) giveValue(draft, variable, value, expression);
}

/**
 * Works values out one after the other, each from those before, and checks what came of them. Where one has no value, or one of another type,
 * or a check does not hold, every variable is as it was, and the one called `problem` says what it was. False then.
 */
export function compute(draft: Draft, { steps, checks, problem }: ComputeParams): boolean {
  const { next } = draft;
  const { variables, secrets } = next;
  const wrong = unworked(draft, steps) ?? checks.find(({ that }) => evaluate(draft, that) !== true)?.label ?? null;
  if (wrong !== null) {
    next.variables = variables;
    next.secrets = secrets;
  }
  if (problem !== null) giveValue(draft, problem, wrong ?? "", "problem");
  return wrong === null;
}

type ComputeParams = Extract<StepAction, { type: "compute" }>["params"];

/** The variable that could not be worked out; null: all could. */
function unworked(draft: Draft, steps: ComputeParams["steps"]): string | null {
  for (const { variable, value, when } of steps) {
    const wanted = when === null ? true : evaluate(draft, when);
    if (typeof wanted !== "boolean") return variable;
    if (!wanted) continue;
    const found = evaluate(draft, value);
    if (found === undefined || !giveValue(draft, variable, found, value)) return variable;
  }
  return null;
}

/** Puts what was keyed into a variable: as text, or as the number that it reads as. */
export function keepDigits(draft: Draft, variable: string, digits: string): void {
  const declared = declaredVariables(draft)[variable];
  const number = /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
  const value = declared?.type === "number" && number !== undefined ? number : digits;
  giveValue(draft, variable, value, "keys");
}

/** Puts what a queue answered into the variables that are to take it: whole numbers, lengths of time in seconds. */
export function keepQueueFigures(draft: Draft, names: QueueFigureNames, figures: QueueFigures): void {
  const { waiting, longestMs, staffed, expectedWaitMs } = figures;
  const values = {
    ...{ waiting, staffed, longest: Math.round(longestMs / 1_000) },
    expectedWait: expectedWaitMs === null ? -1 : Math.round(expectedWaitMs / 1_000),
  };
  for (const key of ["waiting", "longest", "staffed", "expectedWait"] as const) {
    const variable = names[key];
    if (variable !== null) giveValue(draft, variable, values[key], key);
  }
  if (names.closed) giveValue(draft, names.closed, figures.closed === true, "closed");
}

/** Puts what another system answered into variables, as their types take it. What is not there leaves its variable as it was. */
export function keepAnswers(
  draft: Draft,
  { status, variables }: { readonly status: string | null; readonly variables: readonly string[] },
  answered: { readonly status: number; readonly values: readonly (ExpressionValue | null)[] },
): void {
  if (status !== null) giveValue(draft, status, answered.status, "status");
  for (const [index, variable] of variables.entries()) {
    const value = answered.values[index] ?? null;
    const type = declaredVariables(draft)[variable]?.type;
    if (value !== null && type !== undefined) giveValue(draft, variable, valueAs(value, type) ?? value, "answer");
  }
}

/** False when the variable cannot take the value, and keeps its own. */
function giveValue(draft: Draft, variable: string, value: ExpressionValue, expression: string): boolean {
  const declared = declaredVariables(draft)[variable];
  if (declared === undefined) return false;
  if (typeof value !== declared.type) {
    note(draft, "valueRefused", { variable, expression });
    return false;
  }
  const { next } = draft;
  if (declared.secret) next.secrets = { ...next.secrets, [variable]: value };
  else next.variables = { ...next.variables, [variable]: value };
  return true;
}

/** The caller's language from here on. One that the flow does not speak changes nothing. */
export function setLanguage(draft: Draft, language: string): void {
  if (draft.flow.document.languages.includes(language)) draft.next.language = language;
}

/** The language of the contact that was found: the very one, or the flow's first of the same language ("fr-CA" speaks "fr-FR"). */
export function useContactLanguage(draft: Draft): void {
  const wanted = theContact(draft.next.contacts ?? null)?.language ?? "";
  if (wanted === "") return;
  const { languages } = draft.flow.document;
  const [primary = ""] = wanted.split("-");
  const same = languages.find((tag) => tag === wanted) ?? languages.find((tag) => tag.split("-")[0] === primary);
  if (same !== undefined) draft.next.language = same;
}
