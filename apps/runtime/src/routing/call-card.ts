import type { Queue } from "@cordboard/api";
import type { ContactFacts, FoundContacts, Identity } from "@cordboard/node-kit";
import { type Scope, systemScope } from "../access/index.ts";
import type { CallDocument } from "../calls/model.ts";
import { type ContactFinder, type ContactLookUp, OWN_CONTACTS } from "../contacts/index.ts";
import { UserError } from "../errors/index.ts";
import type { CallCard, CardContact, NamedValue } from "../ports/index.ts";
import type { CallerKnown, ScriptOpener, Scripts } from "../scripts/index.ts";
import { contactParameters } from "./contact-parameters.ts";

export interface CallCardsGiven {
  readonly queues: { get(scope: Scope, queueId: string): Promise<Pick<Queue, "scriptId">> };
  readonly scripts: Pick<Scripts, "opener">;
  readonly contactLookUp: Pick<ContactLookUp, "byNumber">;
  readonly contactFinder: Pick<ContactFinder, "these">;
}

export type ShownOfCall = Pick<
  CallDocument,
  | "_id"
  | "companyId"
  | "from"
  | "hidden"
  | "callerName"
  | "to"
  | "firstDialled"
  | "lineName"
  | "language"
  | "startedAt"
  | "script"
  | "passings"
> & {
  readonly queue: Pick<NonNullable<CallDocument["queue"]>, "queueId"> | null;
  /** Whom the flow found. Null or absent: it did not look. */
  readonly found?: FoundContacts | null;
  /** Whether they proved who they are, where the flow asked. */
  readonly identity?: Identity | null;
};

const LONGEST_NOTES = 1_000;
const NOBODY: FoundContacts = { source: OWN_CONTACTS, result: "none", matches: 0, contacts: [] };

/**
 * What an operator is shown of a call. Who calls is whom the flow found, or, where it found nobody, whose number it is. The script is the one
 * that the flow attached, or the queue's own; its addresses are made here, with every value encoded, so that the browser can open one from
 * the very click on *Accept*. A hidden caller's number is in none of it, and finds nobody.
 * A queue or script that was deleted meanwhile only leaves the card without a script: no caller may be kept out of line by it.
 */
export function createCallCards({ queues, scripts, contactLookUp, contactFinder }: CallCardsGiven) {
  const scriptOfQueue = async (scope: Scope, queueId: string) => {
    try {
      return (await queues.get(scope, queueId)).scriptId;
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  };
  /** Notes are long and no flow needs them: they are read when somebody is shown them. */
  const notesOf = async (companyId: string, { source, contacts }: FoundContacts) => {
    if (source !== OWN_CONTACTS) return new Map(contacts.map((one) => [one.contactId, one.notes ?? ""]));
    const stored = await contactFinder.these(
      companyId,
      contacts.map(({ contactId }) => contactId),
    );
    return new Map(stored.map(({ _id, notes }) => [_id, notes]));
  };
  return async (call: ShownOfCall): Promise<CallCard> => {
    const scope = systemScope(call.companyId);
    const from = call.hidden ? null : call.from;
    const found = call.found && call.found.matches > 0 ? call.found : ((await contactLookUp.byNumber(call)) ?? NOBODY);
    const notes = await notesOf(call.companyId, found);
    const known = {
      caller: from,
      callerName: call.hidden ? null : call.callerName,
      dialled: call.to,
      line: call.lineName,
      call: call._id,
      language: call.language,
    };
    const scriptId = call.script?.scriptId ?? (call.queue && (await scriptOfQueue(scope, call.queue.queueId)));
    const opener = scriptId ? await scripts.opener(scope, scriptId) : null;
    const values = { ...known, ...call.script?.parameters };
    const named = (all: Readonly<Record<string, string | null>>): NamedValue[] =>
      (opener?.guided ?? []).map((name) => ({ name, value: Object.hasOwn(all, name) ? (all[name] ?? null) : null }));
    const shown = found.contacts.map(
      (contact): CardContact => ({
        contactId: contact.contactId,
        ...{ name: contact.name, company: contact.company, customerNumber: contact.customerNumber },
        ...{ language: contact.language, vip: contact.vip, blocked: contact.blocked },
        notes: (notes.get(contact.contactId) ?? "").slice(0, LONGEST_NOTES / found.contacts.length),
        url: opener?.open("known", { ...values, ...contactParameters([contact]) }) ?? null,
        ...(opener?.guided && { values: named({ ...values, ...contactParameters([contact]) }) }),
      }),
    );
    const guidedBy = (): CallCard["script"] =>
      opener?.guided && scriptId
        ? {
            ...{ name: opener.name, url: null, window: null, place: "panel" },
            guided: { scriptId, values: named({ ...values, ...contactParameters(found.contacts) }) },
          }
        : null;
    return {
      from,
      hidden: call.hidden,
      callerName: known.callerName,
      to: call.to,
      ...(call.firstDialled !== undefined && { firstDialled: call.firstDialled }),
      lineName: call.lineName,
      language: call.language,
      script: guidedBy() ?? (opener && openedFor(opener, found.contacts, callerKnown(found, from), values)),
      contacts: shown,
      contactMatches: found.matches,
      identity: call.identity ?? null,
      callStartedAt: call.startedAt,
      passedOn: (call.passings ?? []).map(({ operatorId, at, outcome, note }) => ({ operatorId, at, outcome, note })),
    };
  };
}

function callerKnown({ matches }: FoundContacts, from: string | null): CallerKnown {
  if (matches > 1) return "several";
  if (matches === 1) return "known";
  return from === null ? "hidden" : "unknown";
}

/** Null where nothing opens now and nothing ever will. */
function openedFor(
  opener: ScriptOpener,
  contacts: readonly ContactFacts[],
  caller: CallerKnown,
  values: Readonly<Record<string, string | null>>,
): CallCard["script"] {
  const url = opener.open(caller, { ...values, ...contactParameters(contacts) });
  if (url === null && contacts.length === 0) return null;
  return { name: opener.name, url, window: opener.window, place: opener.place };
}
