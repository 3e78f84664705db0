import type { TSchema } from "typebox";
import { Value } from "typebox/value";

/** What members are usually called, with what then stands there. */
const byName: Readonly<Record<string, unknown>> = {
  name: "Sales",
  email: "anna@example.com",
  code: "101",
  password: "correct horse battery",
  current: "correct horse battery",
  next: "another good one",
  number: "+33123456789",
  url: "https://crm.example/contact?number={{number}}",
  timeZone: "Europe/Paris",
  note: "New greeting",
  reason: "Lunch",
  fr: "Déjeuner",
  en: "Lunch",
  document: { formatVersion: 1, id: "sales", name: "Sales" },
};
/** Texts of the shapes that contracts ask for: the first that fits is taken. */
const texts = [
  "Sales",
  "fr-FR",
  "FR",
  "sales",
  "2026-09-07",
  "2026-09-07T08:00:00.000Z",
  "08:00",
  "anna@example.com",
  "sip:desk@pbx.example",
  `op_${"0123456789abcdef".repeat(2)}`,
  `sha256:${"0123456789abcdef".repeat(4)}`,
  "0123456789abcdef".repeat(4),
];

const ID = "0123456789abcdef".repeat(2);
/** How ids of a kind begin, by the name of the member, where it is not the first of its letters. */
const prefixes: Readonly<Record<string, string>> = { operator: "op", telephone: "tel", version: "ver", message: "msg" };

/** `telephoneId`, `operatorIds`, `assignedTo`: an id as those look. */
function idFor(name: string): string {
  const kind = /^(?:\w*?)([A-Za-z]+?)Ids?$/.exec(name)?.[1]?.toLowerCase() ?? "queue";
  const known = Object.keys(prefixes).find((one) => kind.endsWith(one));
  return `${known === undefined ? kind : prefixes[known]}_${ID}`;
}

/** A value that a schema accepts, for people who want to see one: what stands in it by default, or what such members are usually. */
export function exampleOf(schema: TSchema, name = ""): unknown {
  const {
    const: constant,
    default: usual,
    enum: words,
    examples,
    anyOf,
    properties,
    patternProperties,
    items,
    type,
  } = Object(schema);
  if (constant !== undefined) return constant;
  // An object's default may name nothing: each member has one of its own.
  if (usual !== undefined && !properties) return usual;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if (name in byName && Value.Check(schema, byName[name])) return byName[name];
  if (Array.isArray(words)) return words[0];
  if (Array.isArray(anyOf)) return exampleOf(anyOf[0], name);
  if (properties) {
    return Object.fromEntries(
      Object.entries<TSchema>(properties).map(([member, of]) => [member, exampleOf(of, member)]),
    );
  }
  if (patternProperties) return recordExample(patternProperties);
  if (Array.isArray(items)) return pairOf(items);
  if (items) return [exampleOf(items, name)];
  if (type === "string" && Value.Check(schema, idFor(name)) && /Ids?$/.test(name)) return idFor(name);
  if (type === "string") return texts.find((text) => Value.Check(schema, text)) ?? "…";
  if (type === "boolean") return true;
  return type === "null" ? null : numberOf(schema);
}

/** From one time to another: the same one twice would be a stretch of nothing. */
function pairOf(items: readonly TSchema[]): readonly unknown[] {
  return items.map((item, index) => (index > 0 && Value.Check(item, "18:00") ? "18:00" : exampleOf(item)));
}

/** A record by its first kind of key; one whose keys may be anything is left empty: what it holds is said elsewhere. */
function recordExample(patterns: Readonly<Record<string, TSchema>>): unknown {
  const [[pattern = "", of] = []] = Object.entries(patterns);
  const key = texts.find((text) => new RegExp(pattern).test(text));
  return of && key !== undefined && pattern !== "^.*$" ? { [key]: exampleOf(of) } : {};
}

function numberOf(schema: TSchema): number {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = Object(schema);
  return Math.min(Math.max(1, minimum), maximum);
}
