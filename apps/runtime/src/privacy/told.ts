import type { Connection } from "mongoose";
import { eventCollection, type StoredEvent } from "../events/index.ts";
import type { Idempotency } from "../idempotency/index.ts";
import { type MailDocument, mailCollection } from "../mail/index.ts";
import { type DeliveryDocument, webhookCollections } from "../webhooks/index.ts";
import type { Holder } from "./holder.ts";
import { mentions, scrubbed } from "./mentions.ts";
import type { Person } from "./person.ts";

/**
 * What was told of a person outside, or waits to be: the log of events, what webhooks were sent, mails, and answers that are kept for programs which ask
 * again. Events stay in their log without the person, because its numbers have no gaps; mails and kept answers go whole.
 */
export function toldHolder(connection: Connection, idempotency: Pick<Idempotency, "mentioning" | "forget">): Holder {
  const events = eventCollection(connection);
  const { deliveries } = webhookCollections(connection);
  const mails = mailCollection(connection);

  const about = (person: Person) => ({
    events: matching<StoredEvent>(events.find({ companyId: person.companyId }), ({ data }) =>
      mentions(person, JSON.stringify(data)),
    ),
    deliveries: matching<DeliveryDocument>(deliveries.find({ companyId: person.companyId }), ({ body }) =>
      mentions(person, body),
    ),
    mails: matching<MailDocument>(mails.find({ companyId: person.companyId }), ({ to, subject, text, html }) =>
      mentions(person, [to, subject, text, html ?? ""].join("\n")),
    ),
    answers: idempotency.mentioning(person.companyId, (text) => mentions(person, text)),
  });

  async function found(person: Person) {
    const asked = about(person);
    return {
      ...{ events: await asked.events, deliveries: await asked.deliveries },
      ...{ mails: await asked.mails, answers: await asked.answers },
    };
  }

  return {
    what: "told",
    async count(person) {
      const all = await found(person);
      return all.events.length + all.deliveries.length + all.mails.length + all.answers.length;
    },
    underWay: async () => 0,
    async export(person) {
      const all = await found(person);
      const iso = (at: number) => new Date(at).toISOString();
      return [
        ...all.events.map(({ _id, type, at, data }) => ({ eventId: _id, type, at: iso(at), data })),
        ...all.deliveries.map(({ _id, webhookId, createdAt, state, body }) => ({
          ...{ deliveryId: _id, webhookId, at: iso(createdAt), state, body: JSON.parse(body) },
        })),
        ...all.mails.map(({ _id, to, subject, text, postedAt, state }) => ({
          ...{ mailId: _id, at: iso(postedAt), state, to, subject, text },
        })),
        ...all.answers.map(({ startedAt, answer }) => ({ keptAnswerOf: iso(startedAt), answer })),
      ];
    },
    async erase(person) {
      const { companyId } = person;
      const all = await found(person);
      for (const { _id, data } of all.events) {
        await events.updateOne({ _id, companyId }, { $set: { data: Object(scrubbed(person, data)) } });
      }
      for (const { _id, body } of all.deliveries) {
        await deliveries.updateOne(
          { _id, companyId },
          { $set: { body: JSON.stringify(scrubbed(person, JSON.parse(body))) } },
        );
      }
      for (const { _id } of all.mails) await mails.deleteOne({ _id, companyId });
      await idempotency.forget(companyId, all.answers);
      return all.events.length + all.deliveries.length + all.mails.length + all.answers.length;
    },
  };
}

/** Those of a long list that fit, one batch after the other in memory. */
async function matching<Item>(all: AsyncIterable<Item>, fits: (item: Item) => boolean): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of all) if (fits(item)) found.push(item);
  return found;
}
