import type { ExpressionValue } from "./expression-value.ts";

/** What is known of a contact; expressions see it as `contact`. Texts are empty where nothing is known. */
export interface ContactFacts {
  /** In the source that it was found in. */
  readonly contactId: string;
  readonly name: string;
  readonly company: string;
  /** BCP 47. */
  readonly language: string;
  readonly customerNumber: string;
  readonly vip: boolean;
  readonly blocked: boolean;
  /** The operator who is to be asked first. */
  readonly preferredOperatorId: string;
  /** The operator who talked to them last. */
  readonly lastOperatorId: string;
  /** The company's own fields, every one of them. */
  readonly fields: Readonly<Record<string, ExpressionValue>>;
  /** Its ids in other systems, by system. */
  readonly externalIds: Readonly<Record<string, string>>;
  /** Of a contact whose source is no collection of ours: nobody could be asked for them later. */
  readonly notes?: string;
}

/** What came of looking for a contact. `blocked`: found, and calls of it are not wanted; `failed`: nobody could be asked. */
export type ContactAnswer = "found" | "several" | "none" | "blocked" | "failed";

export interface FoundContacts {
  readonly source: string;
  readonly result: ContactAnswer;
  /** How many there are; `contacts` may hold fewer. */
  readonly matches: number;
  /** Nobody in particular: the one, or those among which somebody has to choose. */
  readonly contacts: readonly ContactFacts[];
}

/** The members of `contact` in expressions, with their types in the expression language. */
export const CONTACT_MEMBERS = {
  found: "bool",
  matches: "int",
  id: "string",
  name: "string",
  company: "string",
  language: "string",
  customerNumber: "string",
  vip: "bool",
  blocked: "bool",
  preferredOperatorId: "string",
  lastOperatorId: "string",
  fields: "map<string, dyn>",
} as const;

/** `contact` as expressions see it: without nulls, and there before anybody was looked for. */
export function contactMembers(
  found: FoundContacts | null,
): Readonly<Record<keyof typeof CONTACT_MEMBERS, ExpressionValue | Readonly<Record<string, ExpressionValue>>>> {
  const contact = theContact(found);
  return {
    found: contact !== null,
    matches: found?.matches ?? 0,
    id: contact?.contactId ?? "",
    name: contact?.name ?? "",
    company: contact?.company ?? "",
    language: contact?.language ?? "",
    customerNumber: contact?.customerNumber ?? "",
    vip: contact?.vip ?? false,
    blocked: found?.result === "blocked",
    preferredOperatorId: contact?.preferredOperatorId ?? "",
    lastOperatorId: contact?.lastOperatorId ?? "",
    fields: contact?.fields ?? {},
  };
}

/** The contact that a call is from, when it is clear which one. */
export function theContact(found: FoundContacts | null): ContactFacts | null {
  const [contact, another] = found?.contacts ?? [];
  return contact !== undefined && another === undefined && found?.matches === 1 ? contact : null;
}
