import type { TSchema } from "typebox";

/**
 * A quick look at whether a value fits a schema: `true` is certain, `false` means "look closer". typebox reads its schema anew at every
 * check, 10 µs for a message that takes 1 µs to parse, and jambonz sends twenty messages a call; what it would compile a schema to is
 * code made from a string, which the runtime forbids itself.
 *
 * Knows what message-schemas.ts uses; anything else in a schema is never certain.
 */
export function surelyFits(schema: TSchema): (value: unknown) => boolean {
  const node: Readonly<Record<string, unknown>> = { ...schema };
  if (Array.isArray(node.anyOf)) {
    const ways = node.anyOf.map((way: TSchema) => surelyFits(way));
    return (value) => ways.some((fits) => fits(value));
  }
  if ("const" in node) return (value) => value === node.const;
  switch (node.type) {
    case "null":
      return (value) => value === null;
    case "string":
      return text(node);
    case "number":
      return number(node);
    case "object":
      return object(node);
    default:
      return isAnything(schema) ? () => true : () => false;
  }
}

/** `unknown` lets everything through; a schema that asks for something has a word for it. */
function isAnything(schema: unknown): boolean {
  return typeof schema === "object" && schema !== null && Object.keys(schema).length === 0;
}

/** Characters are counted by code point where it matters; as many code units as that are certainly enough, or not too many. */
function text({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, ...rest }: Readonly<Record<string, unknown>>) {
  if (!only(rest, ["type"]) || typeof minLength !== "number" || typeof maxLength !== "number") return () => false;
  const least = minLength > 1 ? Number.POSITIVE_INFINITY : minLength;
  return (value: unknown) => typeof value === "string" && value.length >= least && value.length <= maxLength;
}

function number({ minimum = Number.NEGATIVE_INFINITY, ...rest }: Readonly<Record<string, unknown>>) {
  if (!only(rest, ["type"]) || typeof minimum !== "number") return () => false;
  return (value: unknown) => typeof value === "number" && Number.isFinite(value) && value >= minimum;
}

function object({
  properties = {},
  required = [],
  patternProperties = {},
  ...rest
}: Readonly<Record<string, unknown>>): (value: unknown) => boolean {
  if (!only(rest, ["type"]) || typeof properties !== "object" || !Array.isArray(required)) return () => false;
  // A record of `unknown`: whatever its members are called, they fit.
  if (Object.values({ ...(patternProperties as object) }).some((schema) => !isAnything(schema))) return () => false;
  const needed = new Set<unknown>(required);
  const members = Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    needed: needed.has(name),
    fits: surelyFits(schema),
  }));
  if (members.filter((member) => member.needed).length !== needed.size) return () => false;
  return (value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const given = value as Readonly<Record<string, unknown>>;
    return members.every((member) =>
      Object.hasOwn(given, member.name) ? member.fits(given[member.name]) : !member.needed,
    );
  };
}

function only(rest: Readonly<Record<string, unknown>>, known: readonly string[]): boolean {
  return Object.keys(rest).every((word) => known.includes(word));
}
