import type { Connection } from "mongoose";
import type { Clock, MailPort } from "../ports/index.ts";
import type { MailCarrier } from "./mail-carrier.ts";
import { type MailDocument, mailCollection } from "./model.ts";

export interface MailSpoolGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly carrier: MailCarrier;
  readonly log: {
    info(details: object, message: string): void;
    warn(details: object, message: string): void;
    error(details: object, message: string): void;
  };
}

/** How often the spool is looked through, should a process that took a mail have died with it. */
const EACH_MS = 15_000;
/** A mail that somebody tries is nobody else's for so long; longer than any attempt takes. */
const CLAIM_MS = 120_000;
const GIVE_UP_MS = 3 * 86_400_000;
const KEPT_MS = 30 * 86_400_000;
const pauses = [30_000, 60_000, 300_000, 900_000, 3_600_000];

/**
 * The mails that are to leave, in the store: posted is durable, and each is tried by one process at a time until it is delivered. A process
 * that dies with one in hand has it tried again by another.
 */
export function createMailSpool({ connection, clock, carrier, log }: MailSpoolGiven) {
  const mails = mailCollection(connection);
  let cancel = () => {};
  let round: Promise<void> | null = null;
  let again = false;
  let closed = false;

  async function claim(): Promise<MailDocument | null> {
    const now = clock.now();
    return mails.findOneAndUpdate(
      { state: "due", nextAt: { $lte: now } },
      { $set: { nextAt: now + CLAIM_MS }, $inc: { attempts: 1 } },
      { returnDocument: "after" },
    );
  }

  async function carry({ _id, ...mail }: MailDocument): Promise<void> {
    const { to, subject, text, html, attachments } = mail;
    const letter = { to, subject, text, attachments, messageId: _id, ...(html !== null && { html }) };
    const carried = await carrier.deliver(letter);
    const now = clock.now();
    const details = { mailId: _id, companyId: mail.companyId, attempts: mail.attempts };
    const end = (state: MailDocument["state"], lastProblem: string | null) =>
      mails.updateOne(
        { _id },
        { $set: { state, lastProblem, endedAt: now, text: "", html: null, attachments: [], nextAt: 0 } },
      );
    if (carried.kind === "delivered") {
      await end("sent", null);
      log.info(details, "mail: sent");
    } else if (carried.kind === "refused") {
      await end("refused", carried.why);
      log.error({ ...details, why: carried.why }, "mail: refused for good");
    } else if (now - mail.postedAt >= GIVE_UP_MS) {
      await end("givenUp", carried.why);
      log.error({ ...details, why: carried.why }, "mail: given up after three days");
    } else {
      const pauseMs = pauses[Math.min(mail.attempts, pauses.length) - 1] ?? EACH_MS;
      await mails.updateOne({ _id }, { $set: { nextAt: now + pauseMs, lastProblem: carried.why } });
      log.warn({ ...details, why: carried.why, againInMs: pauseMs }, "mail: could not be sent; trying again");
    }
  }

  async function look(): Promise<void> {
    try {
      for (let mail = await claim(); mail && !closed; mail = await claim()) await carry(mail);
      await mails.deleteMany({ postedAt: { $lt: clock.now() - KEPT_MS }, state: { $ne: "due" } });
    } catch (error) {
      log.warn({ err: error }, "mail: the spool could not be looked through; trying again");
    }
  }

  function lookNow(): void {
    if (closed) return;
    if (round) {
      again = true;
      return;
    }
    cancel();
    round = look().finally(() => {
      round = null;
      if (closed) return;
      if (again) {
        again = false;
        lookNow();
      } else cancel = clock.at(clock.now() + EACH_MS, lookNow);
    });
  }

  const port: MailPort = {
    async post({ mailId, companyId, to, subject, text, html, attachments = [] }) {
      const now = clock.now();
      const document: Omit<MailDocument, "_id"> = {
        ...{ companyId, to, subject, text, html: html ?? null, attachments },
        ...{ state: "due", attempts: 0, nextAt: now, postedAt: now, endedAt: null, lastProblem: null },
      };
      await mails.updateOne({ _id: mailId }, { $setOnInsert: document }, { upsert: true });
      lookNow();
    },
  };

  return {
    ...port,
    start: lookNow,
    /** Resolves when what is in hand is done; what is not is tried by the next process. */
    async close(): Promise<void> {
      closed = true;
      cancel();
      await round;
      carrier.close();
    },
  };
}

export type MailSpool = ReturnType<typeof createMailSpool>;
