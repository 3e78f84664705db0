import type { MailboxContents, MailboxQuestion, MailboxResult } from "@cordboard/node-kit";
import type { Connection } from "mongoose";
import { systemScope } from "../access/index.ts";
import { numberToRing } from "../call-centre/index.ts";
import type { MailboxAnswer } from "../calls/host-answers.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import { type Bus, type Clock, type VoicemailChange, voicemailChannel } from "../ports/index.ts";
import type { Recordings } from "../recordings/index.ts";
import type { Passwords } from "../users/index.ts";
import type { VoicemailBoxes } from "./boxes.ts";
import type { CodeTries } from "./code-tries.ts";
import type { CopyMessage } from "./copy-message.ts";
import { type MessageDocument, messageCollection, type Person } from "./model.ts";

export interface ConsultationGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly companies: Pick<Companies, "get">;
  readonly boxes: Pick<VoicemailBoxes, "toOpen" | "setGreeting">;
  readonly passwords: Pick<Passwords, "verify">;
  readonly tries: CodeTries;
  readonly recordings: Pick<Recordings, "file">;
  readonly copy: CopyMessage;
  readonly operatorName: (companyId: string, operatorId: string) => Promise<string | null>;
}

/** Who asks: a call, and the number that it shows. */
export interface ConsultingCall {
  readonly companyId: string;
  readonly from: string | null;
  readonly hidden: boolean;
}

const NOTHING: Omit<MailboxAnswer, "result"> = { box: null, message: null, number: null };

/** Answers what a caller who consults a box by telephone asks. Each question may be asked again: what was done is not done twice. */
export function createConsultation(given: ConsultationGiven) {
  const { bus, clock, boxes, tries, passwords } = given;
  const collection = messageCollection(given.connection);
  const only = (result: MailboxResult): MailboxAnswer => ({ ...NOTHING, result });

  async function contents(companyId: string, boxId: string): Promise<MailboxContents> {
    const count = (state: "new" | "kept") => collection.countDocuments({ companyId, boxId, state });
    const [newCount, keptCount] = await Promise.all([count("new"), count("kept")]);
    return { boxId, newCount, keptCount };
  }

  async function done(companyId: string, boxId: string, more: Partial<MailboxAnswer> = {}): Promise<MailboxAnswer> {
    return { ...NOTHING, ...more, result: "done", box: await contents(companyId, boxId) };
  }

  async function open(
    { companyId, from, hidden }: ConsultingCall,
    { boxId, number, code }: Extract<MailboxQuestion, { what: "open" }>,
  ): Promise<MailboxAnswer> {
    const caller = hidden ? null : from;
    const found = await boxes.toOpen(companyId, boxId === null ? { number } : { boxId });
    // A box that does not exist is refused after the same work, and counted too.
    const counted = found?.box.boxId ?? `number/${companyId}/${number}`;
    if (await tries.locked(companyId, counted, caller)) return only("locked");
    if (!(await passwords.verify(found?.codeHash ?? null, code, "caller")) || !found) {
      await tries.wrong(companyId, counted, caller);
      return only("refused");
    }
    await tries.right(companyId, counted, caller);
    return done(companyId, found.box.boxId);
  }

  async function next(
    { companyId }: ConsultingCall,
    { boxId, list, after }: Extract<MailboxQuestion, { what: "next" }>,
  ): Promise<MailboxAnswer> {
    const behind = after && {
      $or: [{ receivedAt: { $gt: after.receivedAt } }, { receivedAt: after.receivedAt, _id: { $gt: after.messageId } }],
    };
    const [found] = await collection
      .find({ $and: [{ companyId, boxId, state: list }, ...(behind ? [behind] : [])] })
      .sort({ receivedAt: 1, _id: 1 })
      .limit(1)
      .toArray();
    if (!found) return { ...only("none"), box: await contents(companyId, boxId) };
    const { _id: messageId, receivedAt, durationMs, from, hidden } = found;
    return done(companyId, boxId, { message: { messageId, receivedAt, durationMs, number: hidden ? null : from } });
  }

  async function whoOpened(companyId: string, boxId: string): Promise<Person> {
    const box = (await boxes.toOpen(companyId, { boxId }))?.box;
    const owner = box?.operatorId ?? null;
    const name = owner && (await given.operatorName(companyId, owner));
    if (owner && name) return { kind: "operator", id: owner, name };
    return { kind: "telephone", id: boxId, name: box?.name ?? boxId };
  }

  async function changed(companyId: string, boxId: string, message: MessageDocument, set: Partial<MessageDocument>) {
    await collection.updateOne({ _id: message._id, companyId }, { $set: set });
    const change: VoicemailChange = { boxId };
    bus.publish(voicemailChannel(companyId), change);
    return done(companyId, boxId);
  }

  return async (call: ConsultingCall, question: MailboxQuestion): Promise<MailboxAnswer> => {
    const { companyId } = call;
    const now = clock.now();
    if (question.what === "open") return open(call, question);
    if (question.what === "next") return next(call, question);
    const { boxId } = question;
    if (question.what === "greeting") {
      const { state, recordingId } = question;
      const file = await given.recordings.file({ companyId, recordingId });
      try {
        // Gone: it was kept, and the process died before it said so.
        if (file) await boxes.setGreeting(systemScope(companyId), boxId, state, file, recordingId);
      } catch (error) {
        // Nothing that can be heard, or the box is gone.
        if (error instanceof UserError) return only("refused");
        throw error;
      }
      return done(companyId, boxId);
    }
    const message = await collection.findOne({ _id: question.messageId, companyId, boxId, state: { $ne: "deleted" } });
    if (!message) return only("refused");
    switch (question.what) {
      case "keep": {
        if (message.state === "kept") return done(companyId, boxId);
        const heard = message.heard ?? { at: now, by: await whoOpened(companyId, boxId) };
        return changed(companyId, boxId, message, { state: "kept", heard });
      }
      case "delete":
        return changed(companyId, boxId, message, { state: "deleted", deletedAt: now });
      case "calledBack": {
        const calledBack = { at: now, by: await whoOpened(companyId, boxId) };
        return changed(companyId, boxId, message, { calledBack });
      }
      case "callBack": {
        if (message.hidden || message.from === null) return only("refused");
        const { country } = await given.companies.get(systemScope(companyId));
        const number = numberToRing({ written: message.from, country, own: message.from });
        return number === null ? only("refused") : done(companyId, boxId, { number });
      }
      case "forward": {
        const target = await boxes.toOpen(companyId, { number: question.number });
        if (!target) return only("refused");
        const by = await whoOpened(companyId, boxId);
        return (await given.copy(message, target.box.boxId, by)) ? done(companyId, boxId) : only("refused");
      }
    }
  };
}
