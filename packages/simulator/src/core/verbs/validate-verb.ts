import specifications from "@jambonz/verb-specifications/specs.json" with { type: "json" };
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { isRecord } from "./normalize-verbs.ts";

type PropertySpec = string | readonly string[] | { readonly type: string; readonly enum?: readonly unknown[] };
interface VerbSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required?: readonly string[];
}

const SPECS: Readonly<Record<string, VerbSpec>> = readSpecifications(specifications);
const SIMPLE = new Set(["number", "string", "object", "boolean"]);

/**
 * Checks a verb's properties against `@jambonz/verb-specifications`, whose data this reads; the package's own validator needs
 * Node. Throws a `SimulatedFailure` whose message is the package's, because applications see it (jambonz 0.9.8, seen: g3, g3b, g3c).
 */
export function validateVerb(name: string, data: unknown): void {
  const spec = SPECS[name];
  if (!spec) throw new SimulatedFailure(`invalid instruction: ${name}`);
  let missing = [...(spec.required ?? [])];
  const properties = typeof data === "object" && data !== null ? Object.entries(data) : [];
  for (const [key, value] of properties) {
    const expected = spec.properties[key];
    if (expected === undefined) {
      if (key === "_") continue;
      throw new SimulatedFailure(`${name}: unknown property ${key}`);
    }
    if (value === undefined) continue;
    checkProperty(name, key, value, expected);
    missing = missing.filter((required) => required !== key);
  }
  if (missing.length > 0) throw new SimulatedFailure(`${name}: missing value for ${missing}`);
}

function checkProperty(verb: string, key: string, value: unknown, expected: PropertySpec): void {
  if (typeof expected !== "string") {
    if (isList(expected)) {
      const inner = (expected[0] ?? "").slice(1);
      if (!Array.isArray(value)) throw new SimulatedFailure(`${verb}: property ${key} is not iterable`);
      for (const item of value) validateVerb(inner, item);
    } else if (expected.type === "string" && expected.enum && !expected.enum.includes(value)) {
      throw new SimulatedFailure(`invalid value ${value} must be one of ${expected.enum}`);
    }
    return;
  }
  if (expected === "array") {
    if (!Array.isArray(value)) throw new SimulatedFailure(`${verb}: property ${key} is not an array`);
  } else if (expected.includes("|")) {
    const types = expected.split("|").map((type) => type.trim());
    if (!types.includes(typeof value) && !(types.includes("array") && Array.isArray(value))) {
      throw new SimulatedFailure(`${verb}: property ${key} has invalid data type, must be one of ${types}`);
    }
  } else if (SIMPLE.has(expected)) {
    if (typeof value !== expected) throw new SimulatedFailure(`${verb}: property ${key} has invalid data type`);
  } else if (expected.startsWith("#")) {
    validateVerb(expected.slice(1), value);
  }
}

function isList(spec: PropertySpec): spec is readonly string[] {
  return Array.isArray(spec);
}

/** The package's file has no type of its own; only what has properties is a specification. */
function readSpecifications(file: unknown): Record<string, VerbSpec> {
  const result: Record<string, VerbSpec> = {};
  if (!isRecord(file)) throw new TypeError("@jambonz/verb-specifications/specs.json is not an object");
  for (const [name, spec] of Object.entries(file)) {
    if (!isRecord(spec) || !isRecord(spec.properties)) continue;
    const properties: Record<string, PropertySpec> = {};
    for (const [key, property] of Object.entries(spec.properties)) properties[key] = readProperty(property);
    const required = Array.isArray(spec.required) ? spec.required.map(String) : [];
    result[name] = { properties, required };
  }
  return result;
}

function readProperty(value: unknown): PropertySpec {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(String);
  if (isRecord(value) && typeof value.type === "string") {
    return Array.isArray(value.enum) ? { type: value.type, enum: value.enum } : { type: value.type };
  }
  return "object";
}
