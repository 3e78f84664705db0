import type { ConnectorMapping } from "@cordboard/api";
import type { ContactFacts, ExpressionValue } from "@cordboard/node-kit";

/** The member at an RFC 6901 pointer; undefined where there is none. Never throws. */
export function atPointer(json: unknown, pointer: string): unknown {
  if (pointer === "") return json;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((value: unknown, part) => {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
      return Reflect.get(value, part);
    }, json);
}

const LONGEST = 200;
const LONGEST_NOTES = 500;
const MOST = 10;

export interface MappedAnswer {
  readonly contacts: readonly ContactFacts[];
  readonly matches: number;
}

/**
 * The contacts of an answer: a list, or one. What says neither who it is nor how it is called is nobody. Everything is bounded: it becomes
 * part of the call. `operators`: ids by code, in lower case. Pure.
 */
export function mapAnswer(
  json: unknown,
  mapping: ConnectorMapping,
  operators: ReadonlyMap<string, string>,
): MappedAnswer {
  const found = atPointer(json, mapping.list);
  const items: readonly unknown[] = Array.isArray(found) ? found : found === undefined || found === null ? [] : [found];
  const all = items.flatMap((item) => contactOf(item, mapping, operators) ?? []);
  return { contacts: all.slice(0, MOST), matches: all.length };
}

function contactOf(
  item: unknown,
  mapping: ConnectorMapping,
  operators: ReadonlyMap<string, string>,
): ContactFacts | null {
  const text = (pointer: string | null, longest = LONGEST) => {
    const value = pointer === null ? undefined : atPointer(item, pointer);
    return typeof value === "string" || typeof value === "number" ? String(value).trim().slice(0, longest) : "";
  };
  const flag = (pointer: string | null) => {
    const value = pointer === null ? undefined : atPointer(item, pointer);
    if (typeof value === "string") return /^(1|true|yes|y|oui|o|vrai|vip|x)$/i.test(value.trim());
    return value === true || (typeof value === "number" && value !== 0);
  };
  const name = text(mapping.name) || text(mapping.company);
  const contactId = text(mapping.id);
  if (name === "" && contactId === "") return null;
  const own = Object.entries(mapping.fields).map(([key, pointer]): readonly [string, ExpressionValue] => {
    const value = atPointer(item, pointer);
    if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return [key, value];
    return [key, typeof value === "string" ? value.slice(0, LONGEST) : ""];
  });
  return {
    contactId,
    name,
    company: text(mapping.company),
    language: text(mapping.language, 20),
    customerNumber: text(mapping.customerNumber, 64),
    vip: flag(mapping.vip),
    blocked: flag(mapping.blocked),
    preferredOperatorId: operators.get(text(mapping.preferredOperator).toLowerCase()) ?? "",
    lastOperatorId: "",
    fields: Object.fromEntries(own),
    externalIds: {},
    notes: text(mapping.notes, LONGEST_NOTES),
  };
}
