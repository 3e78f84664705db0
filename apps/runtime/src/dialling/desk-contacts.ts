import type { DeskContact, Queue } from "@cordboard/api";
import { demand, type Scope, systemScope } from "../access/index.ts";
import { numberText } from "../companies/index.ts";
import { type Contacts, foundAmong } from "../contacts/index.ts";
import type { Directories } from "../desk/index.ts";
import { contactParameters } from "../routing/contact-parameters.ts";
import type { Scripts } from "../scripts/index.ts";
import type { DiallingRulesService } from "./dialling-rules.ts";

export interface DeskContactsGiven {
  readonly contacts: Pick<Contacts, "find">;
  readonly directories: Directories;
  readonly queues: { list(scope: Scope): Promise<Pick<Queue, "operatorIds" | "scriptId">[]> };
  readonly rules: Pick<DiallingRulesService, "of">;
  readonly scripts: Pick<Scripts, "opener">;
}

/** So many are shown: who looks for somebody writes more, and nobody copies the company's contacts from the desk. */
const MOST = 12;

/**
 * The contacts that an operator looks for, each with its file: that of the script of dialled calls, or else of the first of the operator's queues
 * which has one. No call is there, so what only a call says (line, number dialled) is empty in its address.
 */
export function createDeskContacts({ contacts, directories, queues, rules, scripts }: DeskContactsGiven) {
  const scriptOf = async (companyId: string, operatorId: string): Promise<string | null> => {
    const { scriptId } = await rules.of(companyId);
    if (scriptId !== null) return scriptId;
    const served = (await queues.list(systemScope(companyId))).filter((queue) =>
      queue.operatorIds.includes(operatorId),
    );
    return served.find((queue) => queue.scriptId !== null)?.scriptId ?? null;
  };

  return async (scope: Scope, search: string): Promise<{ items: DeskContact[]; more: boolean }> => {
    demand(scope, "read", "desk");
    const { companyId } = scope;
    const found = await contacts.find(scope, search, MOST + 1);
    const [{ company }, scriptId] = await Promise.all([
      directories.of(companyId),
      scriptOf(companyId, scope.actorId ?? ""),
    ]);
    const opener = scriptId && (await scripts.opener(systemScope(companyId), scriptId));
    const items = found.slice(0, MOST).map((contact): DeskContact => {
      const known = foundAmong({ contacts: [contact], matches: 1 }, company, "");
      const [number = null] = contact.numbers;
      const language = contact.language ?? company.languages[0] ?? "en-GB";
      const values = { caller: number, callerName: contact.name, dialled: "", line: "", call: "", language };
      const url = opener ? opener.open("known", { ...values, ...contactParameters(known.contacts) }) : null;
      return {
        ...{ contactId: contact._id, name: contact.name, company: contact.company },
        ...{ customerNumber: contact.customerNumber, vip: contact.vip, blocked: contact.blocked },
        numbers: contact.numbers.map((each) => ({ number: each, numberText: numberText(each, company.country) })),
        file: opener && url !== null ? { name: opener.name, url } : null,
      };
    });
    return { items, more: found.length > MOST };
  };
}
