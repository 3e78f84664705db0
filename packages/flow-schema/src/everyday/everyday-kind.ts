import type { EverydayValue } from "./everyday-value.ts";

/** What values a setting takes, as far as one can be everyday. */
export interface EverydayKind {
  readonly kind: EverydayValue["kind"];
  /** Whether the node may do without: `null` is a value then. */
  readonly canBeNone: boolean;
  /** Of numbers and durations; of prompts, how many. */
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** Things of the company that are chosen by name. */
const CHOSEN = ["queue", "schedule", "voicemailBox"] as const;

/**
 * What kind of everyday setting a member of a node type's settings can be; `null`: none. Only whole settings that mean something without
 * the drawing: what is said, who is asked, when, how long, how often, yes or no. Keys, choices and expressions are the drawing itself.
 */
export function everydayKind(config: unknown, setting: string): EverydayKind | null {
  const { properties, required } = member(config);
  const schema = Object.hasOwn(Object(properties), setting) ? Object(properties)[setting] : undefined;
  if (schema === undefined) return null;
  const isRequired = Array.isArray(required) && required.includes(setting);
  const { inner, canBeNull } = withoutNull(schema);
  const canBeNone = canBeNull || !isRequired;
  const { type, format, minimum, maximum, minItems, maxItems, items } = member(inner);
  const limits = { minimum: numberOr(minimum), maximum: numberOr(maximum) };
  if (type === "string" && format === "prompt") return { kind: "prompt", canBeNone, minimum: null, maximum: null };
  if (type === "array" && member(items).format === "prompt") {
    return { kind: "prompts", canBeNone: false, minimum: numberOr(minItems), maximum: numberOr(maxItems) };
  }
  const chosen = CHOSEN.find((kind) => type === "string" && kind === format);
  if (chosen) return { kind: chosen, canBeNone, minimum: null, maximum: null };
  if (type === "integer") return { kind: format === "duration" ? "duration" : "number", canBeNone, ...limits };
  return type === "boolean" ? { kind: "yesNo", canBeNone: false, minimum: null, maximum: null } : null;
}

/** Whether `null` itself may stand there, rather than nothing. */
export function takesNull(config: unknown, setting: string): boolean {
  return withoutNull(Object(member(config).properties)[setting]).canBeNull;
}

function withoutNull(schema: unknown): { readonly inner: unknown; readonly canBeNull: boolean } {
  const { anyOf } = member(schema);
  if (!Array.isArray(anyOf)) return { inner: schema, canBeNull: false };
  const others: readonly unknown[] = anyOf.filter((one) => member(one).type !== "null");
  // A choice of several forms is no setting that a plain page can show.
  return { inner: others.length === 1 ? others[0] : undefined, canBeNull: others.length < anyOf.length };
}

const member = (schema: unknown): Readonly<Record<string, unknown>> => Object(schema);
const numberOr = (value: unknown) => (typeof value === "number" ? value : null);
