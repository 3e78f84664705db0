import type { TSchema } from "typebox";
import { Settings } from "typebox/system";
import Value from "typebox/value";
import { type Finding, finding, type Sentence } from "./finding.ts";

const MOST_FINDINGS = 100;
// TypeBox stops at eight errors unless told otherwise, for the whole process; ours are cut here, with a sentence that says so.
Settings.Set({ maxErrors: 2 * MOST_FINDINGS });

/** What a value must be, by the JSON Schema keyword that it fails, in a form that both languages' sentences can end with. */
const EXPECTED: Readonly<Record<string, readonly [en: string, fr: string]>> = {
  type: ["must be of type {type}", "doit être de type {type}"],
  const: ["must be {allowedValue}", "doit être {allowedValue}"],
  enum: ["must be one of {allowedValues}", "doit être une valeur parmi {allowedValues}"],
  anyOf: ["fits none of the allowed forms", "ne correspond à aucune des formes permises"],
  minLength: ["must have at least {limit} characters", "doit avoir au moins {limit} caractères"],
  maxLength: ["must have at most {limit} characters", "doit avoir au plus {limit} caractères"],
  pattern: ["must look like {pattern}", "doit avoir la forme {pattern}"],
  minimum: ["must be at least {limit}", "doit être au moins {limit}"],
  maximum: ["must be at most {limit}", "doit être au plus {limit}"],
  minItems: ["must have at least {limit} elements", "doit avoir au moins {limit} éléments"],
  maxItems: ["must have at most {limit} elements", "doit avoir au plus {limit} éléments"],
  uniqueItems: ["must not contain anything twice", "ne doit rien contenir deux fois"],
};
const OTHERWISE = ["does not have the right form", "n’a pas la bonne forme"] as const;

/**
 * What a schema has to say against a value, as findings at pointers below `where.pointer`. Uses the interpreter of TypeBox, not a
 * compiled validator: this also runs where code must not be made from strings (CSP).
 */
export function shapeFindings(
  schema: TSchema,
  value: unknown,
  where: { readonly pointer: string; readonly nodeId?: string },
): readonly Finding[] {
  const all: Finding[] = [];
  for (const error of Value.Errors(schema, value)) {
    const at = { ...where, pointer: where.pointer + error.instancePath };
    const params: Readonly<Record<string, unknown>> = { ...error.params };
    if (error.keyword === "required") {
      for (const name of names(params.requiredProperties)) all.push(finding("missing", at, { name }));
    } else if (error.keyword === "additionalProperties") {
      for (const name of names(params.additionalProperties)) {
        all.push(finding("unknownMember", { ...at, pointer: `${at.pointer}/${escapePointer(name)}` }, { name }));
      }
    } else if (error.keyword !== "boolean") all.push(valueFinding(error.keyword, params, at));
  }
  return bounded(all);
}

/** A part of a JSON pointer, escaped (RFC 6901, section 3). */
export function escapePointer(part: string | number): string {
  return String(part).replaceAll("~", "~0").replaceAll("/", "~1");
}

/** What a value must be that a JSON Schema keyword refuses: what follows "it" in a sentence. */
export function expectedBy(keyword: string, params: Readonly<Record<string, unknown>>): Sentence {
  const [en, fr] = EXPECTED[keyword] ?? OTHERWISE;
  const text = (template: string) =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const param = params[name];
      return typeof param === "string" ? param : JSON.stringify(param);
    });
  return { en: text(en), fr: text(fr) };
}

function valueFinding(
  keyword: string,
  params: Readonly<Record<string, unknown>>,
  at: { readonly pointer: string; readonly nodeId?: string },
): Finding {
  return finding(keyword === "type" ? "wrongType" : "wrongValue", at, { expected: expectedBy(keyword, params) });
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The first hundred; a document of five megabytes can be wrong in every line. */
function bounded(all: readonly Finding[]): readonly Finding[] {
  if (all.length <= MOST_FINDINGS) return all;
  return [...all.slice(0, MOST_FINDINGS), finding("moreOfTheSame", { pointer: "" }, { count: MOST_FINDINGS })];
}
