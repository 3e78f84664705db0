import { createHash, timingSafeEqual } from "node:crypto";
import type { AskIdentityEffect, ContactFacts, IdentityResult } from "@cordboard/node-kit";
import { theContact } from "@cordboard/node-kit";
import type { CallDocument } from "../calls/model.ts";
import type { MailPort } from "../ports/index.ts";
import type { CodeTries } from "../voicemail/index.ts";
import { codeLetter } from "./code-letter.ts";
import { CODE_LASTS_MS, oneTimeCode } from "./one-time-code.ts";

export interface AuthenticationGiven {
  readonly secret: string;
  readonly now: () => number;
  readonly tries: Pick<CodeTries, "locked" | "wrong" | "right">;
  readonly mail: MailPort;
  readonly companyName: (companyId: string) => Promise<string>;
  /** The hash of a contact's PIN; null: they have none. */
  readonly pinHash: (companyId: string, contactId: string) => Promise<string | null>;
  readonly verify: (hash: string | null, code: string) => Promise<boolean>;
  /** Asks a connector, with a code; null: there is no such connector, or it does not answer. `found`: its answer has a contact in it. */
  readonly connector: (
    companyId: string,
    connectorId: string,
    asked: { readonly key: string; readonly code: string },
  ) => Promise<{ readonly status: number; readonly found: boolean } | null>;
  /** A number as carriers take it; null: it is none. */
  readonly number: (companyId: string, written: string) => Promise<string | null>;
}

/** What of a call decides who is asked for a code. */
export type AskingCall = Pick<CallDocument, "_id" | "companyId" | "from" | "hidden" | "language" | "snapshot">;

const OWN_CONTACTS = "contacts";
const address = /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,190}$/;

/**
 * Answers whether the contact who calls has proven who they are. What they keyed is compared and forgotten: it is in no document, log or letter.
 * Wrong codes are counted in the store, by contact: the next call goes on where this one was.
 */
export function createAuthentication(given: AuthenticationGiven) {
  const { tries, secret } = given;

  async function isRight(
    call: AskingCall,
    contact: ContactFacts,
    { by, source, code, sent }: AskIdentityEffect["question"],
  ): Promise<boolean | null> {
    if (by !== "pin") {
      if (sent === null || given.now() - sent.at > CODE_LASTS_MS) return false;
      return same(code, oneTimeCode(secret, call._id, sent.entry));
    }
    if (source === OWN_CONTACTS) {
      const hash = await given.pinHash(call.companyId, contact.contactId);
      return hash === null ? null : given.verify(hash, code);
    }
    const key = contact.customerNumber || contact.contactId;
    const answer = await given.connector(call.companyId, source, { key, code });
    return answer?.found ?? null;
  }

  async function send(call: AskingCall, { entry, question: { by, source, to } }: AskIdentityEffect): Promise<boolean> {
    const { _id: callId, companyId, language } = call;
    const code = oneTimeCode(secret, callId, entry);
    if (by === "mail") {
      if (!address.test(to)) return false;
      const letter = codeLetter(language, { code, company: await given.companyName(companyId) });
      await given.mail.post({ companyId, mailId: `code-${callId}-${entry}`, to, ...letter });
      return true;
    }
    const number = await given.number(companyId, to);
    const answer = number && (await given.connector(companyId, source, { key: number, code }));
    return answer !== null && answer !== "" && answer.status >= 200 && answer.status < 300;
  }

  /** May reject when the store cannot be asked: the flow then goes on as where nothing can be checked. */
  return async function askIdentity(call: AskingCall, effect: AskIdentityEffect): Promise<IdentityResult> {
    const { companyId } = call;
    const contacts = call.snapshot?.contacts ?? null;
    const contact = theContact(contacts);
    if (contact === null || contacts === null) return "unavailable";
    const caller = call.hidden ? null : call.from;
    const subject = `contact/${contacts.source}/${contact.contactId}`;
    if (await tries.locked(companyId, subject, caller)) return "locked";
    if (effect.question.what === "send") {
      // Messages cost money, and annoy whoever gets them: they are counted like wrong codes, apart.
      const sending = `${subject}/sent`;
      if (await tries.locked(companyId, sending, caller)) return "locked";
      await tries.wrong(companyId, sending, caller);
      return (await send(call, effect)) ? "sent" : "unavailable";
    }
    const right = await isRight(call, contact, effect.question);
    if (right === null) return "unavailable";
    if (right) {
      await tries.right(companyId, subject, caller);
      return "verified";
    }
    await tries.wrong(companyId, subject, caller);
    return (await tries.locked(companyId, subject, caller)) ? "locked" : "wrong";
  };
}

function same(keyed: string, code: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(keyed), digest(code));
}
