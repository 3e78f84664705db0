import type { ContactFacts, FoundContacts, LookUpContactEffect } from "@cordboard/node-kit";

/** A contact as a scenario tells it: what is left out is empty. */
export interface ScenarioContact extends Partial<Omit<ContactFacts, "contactId">> {
  readonly name: string;
  /** The numbers that this contact calls from, as callers of the scenario have them. */
  readonly numbers?: readonly string[];
  /** Where it is kept: the company's own contacts, or a connector. */
  readonly source?: string;
}

/** Finds contacts as the product does: by an equal number, or by a customer number as a telephone can key it. */
export function findContacts(
  known: readonly ScenarioContact[] | null,
  { source, by, key }: LookUpContactEffect,
): FoundContacts {
  if (known === null) return { source, result: "failed", matches: 0, contacts: [] };
  const wanted = keyed(key ?? "");
  const found = known
    .map((contact, index) => ({ contact, contactId: `contact_${index + 1}` }))
    .filter(({ contact }) => (contact.source ?? "contacts") === source)
    .filter(({ contact: { numbers = [], customerNumber = "" } }) => {
      if (key === null || key === "") return false;
      if (by === "number") return numbers.includes(key);
      return wanted !== "" && (keyed(customerNumber) === wanted || customerNumber.replace(/\D/g, "") === wanted);
    })
    .map(({ contact, contactId }) => factsOf(contact, contactId));
  const blocked = found.some((contact) => contact.blocked);
  const result = found.length === 0 ? "none" : blocked ? "blocked" : found.length === 1 ? "found" : "several";
  return { source, result, matches: found.length, contacts: found };
}

const keyed = (written: string): string => written.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

function factsOf({ numbers: _, source: _source, ...given }: ScenarioContact, contactId: string): ContactFacts {
  return {
    ...{ company: "", language: "", customerNumber: "", vip: false, blocked: false },
    ...{ preferredOperatorId: "", lastOperatorId: "", fields: {}, externalIds: {} },
    ...given,
    contactId,
  };
}
