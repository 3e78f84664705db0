import { escapeHtml } from "./escape-html.ts";

/**
 * A JSON Schema as people who program write types: `{ name: string, offerMs?: integer 3000 … 120000 }`. Components become links; a
 * pattern is shown as it is. Members each have a line of their own. `signs`: what lengths count, in the reader's language.
 */
export function schemaHtml(schema: unknown, signs: string, indent = ""): string {
  const { $ref, type, anyOf, allOf, properties, patternProperties } = members(schema);
  const { items, const: constant, enum: words, additionalProperties } = members(schema);
  if (typeof $ref === "string") {
    const name = escapeHtml($ref.slice($ref.lastIndexOf("/") + 1));
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (constant !== undefined) return value(constant);
  if (Array.isArray(words)) return words.map(value).join(" | ");
  if (Array.isArray(anyOf)) return anyOf.map((one) => schemaHtml(one, signs, indent)).join(" | ");
  if (Array.isArray(allOf)) return allOf.map((one) => schemaHtml(one, signs, indent)).join(" &amp; ");
  if (type === "array") return listHtml(items, schema, signs, indent);
  if (typeof properties === "object" && properties !== null) return objectHtml(schema, signs, indent);
  if (typeof patternProperties === "object" && patternProperties !== null) {
    return recordHtml(patternProperties, signs, indent);
  }
  if (type === "object") return additionalProperties === false ? "{}" : "{ … }";
  return typeof type === "string" ? `<i>${escapeHtml(type)}</i>${limits(schema, signs)}` : "<i>any</i>";
}

function objectHtml(schema: unknown, signs: string, indent: string): string {
  const { properties, required } = members(schema);
  const needed = new Set(Array.isArray(required) ? required : []);
  const inner = `${indent}  `;
  const lines = Object.entries(members(properties)).map(([name, member]) => {
    const mark = needed.has(name) ? "" : "?";
    return `${inner}<b>${escapeHtml(name)}</b>${mark}: ${schemaHtml(member, signs, inner)}${usual(member)}`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

function recordHtml(patterns: object, signs: string, indent: string): string {
  const [[pattern, member] = ["", {}]] = Object.entries(patterns);
  const key = pattern.length > 20 ? "…" : escapeHtml(pattern);
  return `{ [<b>${key}</b>]: ${schemaHtml(member, signs, indent)} }`;
}

function listHtml(items: unknown, schema: unknown, signs: string, indent: string): string {
  if (Array.isArray(items)) return `[${items.map((item) => schemaHtml(item, signs, indent)).join(", ")}]`;
  const item = schemaHtml(items, signs, indent);
  const grouped = item.includes(" | ") ? `(${item})` : item;
  return `${grouped}[]${limits(schema, signs)}`;
}

/** What numbers, lengths and counts may be. */
function limits(schema: unknown, signs: string): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, format, pattern } = members(schema);
  const range = (from: unknown, until: unknown, of: string) => {
    if (from === undefined && until === undefined) return [];
    if (from === undefined) return [`≤ ${until}${of}`];
    return [until === undefined ? `≥ ${from}${of}` : `${from} … ${until}${of}`];
  };
  const said = [
    ...(typeof format === "string" ? [format] : []),
    ...range(minimum, maximum, ""),
    ...range(minLength, maxLength, ` ${signs}`),
    ...range(minItems, maxItems, ""),
    ...(typeof pattern === "string" ? [`/${pattern}/`] : []),
  ];
  return said.length === 0 ? "" : ` <span class="limit">${escapeHtml(said.join(", "))}</span>`;
}

/** What stands for a member that is left out. */
function usual(schema: unknown): string {
  const { default: given } = members(schema);
  return given === undefined ? "" : ` = ${value(given)}`;
}

function value(given: unknown): string {
  return `<code>${escapeHtml(JSON.stringify(given) ?? "")}</code>`;
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
