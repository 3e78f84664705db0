import type { Company } from "@cordboard/api";
import type { FoundContacts, LookUpContactEffect } from "@cordboard/node-kit";
import { foundAmong, OWN_CONTACTS } from "./contact-facts.ts";
import type { ContactFinder } from "./find-contacts.ts";

/** What of a call decides who is looked for. A hidden number is null here, and leads nowhere. */
export interface CallerAsked {
  readonly companyId: string;
  readonly from: string | null;
  readonly hidden: boolean;
}

export interface LookUpGiven {
  readonly finder: ContactFinder;
  readonly companyOf: (companyId: string) => Promise<Pick<Company, "country" | "contactFields">>;
  /** Who talked last to somebody with one of these numbers; null: nobody that is known of. */
  readonly lastOperator: (companyId: string, numbers: readonly string[]) => Promise<string | null>;
  /** Asks another system; `null` when there is no such connector. */
  readonly connector: (call: CallerAsked, effect: LookUpContactEffect) => Promise<FoundContacts | null>;
}

/** Recognises callers for flows, and for what operators are shown where the flow did not look. */
export function createContactLookUp({ finder, companyOf, lastOperator, connector }: LookUpGiven) {
  const failed = (source: string): FoundContacts => ({ source, result: "failed", matches: 0, contacts: [] });

  async function own({ companyId }: CallerAsked, by: LookUpContactEffect["by"], key: string): Promise<FoundContacts> {
    const company = await companyOf(companyId);
    const found =
      by === "number"
        ? await finder.byNumber(companyId, key, company.country)
        : await finder.byCustomerNumber(companyId, key);
    const [contact] = found.contacts;
    const last = contact && found.matches === 1 ? await lastOperator(companyId, contact.callerNumbers) : null;
    return foundAmong(found, company, last ?? "");
  }

  return {
    /** Rejects when the store cannot be asked: the flow then goes on as where nobody could say. */
    async lookUp(call: CallerAsked, effect: LookUpContactEffect): Promise<FoundContacts> {
      const { source, by, key } = effect;
      // Whatever the network said of a hidden number, nobody is found by it.
      if (key === null || key === "" || (by === "number" && call.hidden)) {
        return { source, result: "none", matches: 0, contacts: [] };
      }
      if (source === OWN_CONTACTS) return own(call, by, key);
      return (await connector(call, effect)) ?? failed(source);
    },
    /** Who is shown to operators when the flow has not looked, or could not. */
    async byNumber(call: CallerAsked): Promise<FoundContacts | null> {
      return call.hidden || call.from === null ? null : own(call, "number", call.from);
    },
  };
}

export type ContactLookUp = ReturnType<typeof createContactLookUp>;
