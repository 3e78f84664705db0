import Value from "typebox/value";
import type { Sentence } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import { readFlow } from "./parse-flow.ts";
import { expectedBy } from "./shape-findings.ts";
import { questionFindings } from "./template-questions.ts";

/**
 * An answer that is missing or does not fit: `message` says of the question what is wrong with its answer ("has no answer"). Or a template
 * that is wrong itself: `parameter` is then the pointer of the place, and `message` a whole sentence.
 */
export interface AdoptionProblem {
  readonly parameter: string;
  readonly message: Sentence;
}

export type Adoption =
  | { readonly ok: true; readonly document: FlowDocument }
  | { readonly ok: false; readonly problems: readonly AdoptionProblem[] };

/** Where an answer goes in a template. */
const place = /\{\{\s*param\.([A-Za-z][A-Za-z0-9_]{0,63})\s*\}\}/g;
const onlyPlace = /^\{\{\s*param\.([A-Za-z][A-Za-z0-9_]{0,63})\s*\}\}$/;

/**
 * Makes a flow of a template and the answers to its questions. A template's `parameters` are a JSON Schema of an object; the document says
 * `"{{param.NAME}}"` where an answer goes. A text that is nothing else becomes the answer itself, of whatever type; inside a longer text it
 * becomes part of the text. What is not answered takes the `default` of its question. The flow has no `parameters` any more; its id and name
 * are still the template's. Pure; neither the template nor the answers are changed.
 */
export function adopt(template: FlowDocument, answers: Readonly<Record<string, unknown>>): Adoption {
  const wrong = questionFindings(template);
  if (wrong.length > 0)
    return { ok: false, problems: wrong.map(({ pointer, message }) => ({ parameter: pointer, message })) };
  const { parameters, ...document } = template;
  const values = new Map(Object.entries({ ...defaultsOf(parameters), ...answers }));
  const wrongOnes = wrongAnswers(parameters, Object.fromEntries(values));
  const named = new Set(wrongOnes.map(({ parameter }) => parameter));
  const problems = [...wrongOnes, ...unasked(document, values).filter(({ parameter }) => !named.has(parameter))];
  if (problems.length > 0) return { ok: false, problems };
  const read = readFlow({ ...Object(filled(document, values)), parameters: {} });
  if (read.ok) return { ok: true, document: read.document };
  return { ok: false, problems: read.findings.map(({ pointer, message }) => ({ parameter: pointer, message })) };
}

function defaultsOf(parameters: FlowDocument["parameters"]): Readonly<Record<string, unknown>> {
  const defaults = Object.entries(Object(parameters.properties)).flatMap(([name, question]) => {
    const { default: usual } = Object(question);
    return usual === undefined ? [] : [[name, structuredClone(usual)] as const];
  });
  return Object.fromEntries(defaults);
}

function wrongAnswers(
  parameters: FlowDocument["parameters"],
  values: Readonly<Record<string, unknown>>,
): readonly AdoptionProblem[] {
  if (Value.Check(parameters, values)) return [];
  // "schema is false" is how a member that nobody asked for is told; the one after it says so in words.
  return Value.Errors(parameters, values)
    .filter(({ keyword }) => keyword !== "boolean")
    .flatMap((error) => {
      const named = membersIn(error.params);
      const [parameter = ""] = error.instancePath.slice(1).split("/");
      if (parameter === "" && error.keyword === "required")
        return named.map((name) => ({ parameter: name, message: noAnswer }));
      if (parameter === "") return named.map((name) => ({ parameter: name, message: notAsked }));
      const expected = expectedBy(error.keyword, { ...error.params });
      const fr = `a une réponse qui ne convient pas : elle ${expected.fr}`;
      const en = `has an answer that does not fit: it ${expected.en}`;
      return [{ parameter, message: { fr, en } }];
    });
}

const noAnswer = { fr: "n’a pas de réponse", en: "has no answer" };
const notAsked = { fr: "n’est pas posée par ce modèle", en: "is not one that this template asks" };

/** The members that an error about the whole object is about. */
function membersIn(params: object): readonly string[] {
  const named: unknown = Reflect.get(params, "requiredProperties") ?? Reflect.get(params, "additionalProperties") ?? [];
  return (Array.isArray(named) ? named : [named]).map(String);
}

/** Places for answers that nobody gave and no question asks for. */
function unasked(value: unknown, values: ReadonlyMap<string, unknown>): readonly AdoptionProblem[] {
  const missing = new Set([...parameterNames(value)].filter((name) => !values.has(name)));
  return [...missing].map((parameter) => ({ parameter, message: noAnswer }));
}

/** The names that the places of a template name, each as often as it is there. */
export function* parameterNames(value: unknown): Iterable<string> {
  if (typeof value === "string") for (const [, name = ""] of value.matchAll(place)) yield name;
  else if (typeof value === "object" && value !== null)
    for (const one of Object.values(value)) yield* parameterNames(one);
}

function filled(value: unknown, values: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === "string") return filledText(value, values);
  if (Array.isArray(value)) return value.map((item) => filled(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, values)]));
}

function filledText(text: string, values: ReadonlyMap<string, unknown>): unknown {
  const [, only] = onlyPlace.exec(text) ?? [];
  if (only !== undefined) return structuredClone(values.get(only));
  return text.replace(place, (_, name: string) => plainText(values.get(name)));
}

/** An answer inside a text: it is no expression, whatever was typed. */
function plainText(value: unknown): string {
  return (typeof value === "string" ? value : JSON.stringify(value)).replaceAll("{{", "{ {");
}
