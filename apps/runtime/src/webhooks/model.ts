import type { EventType, WebhookAttempt } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";

export interface WebhookDocument extends Owned {
  readonly name: string;
  readonly url: string;
  readonly events: readonly EventType[];
  readonly enabled: boolean;
  readonly createdAt: number;
  /** Sealed. */
  readonly secret: string;
  /** Deliveries are signed with it too until then, so that a receiver can be changed over. */
  readonly oldSecret: { readonly secret: string; readonly until: number } | null;
  /** Of the company's events, those up to this number were looked at. */
  readonly cursor: number;
  readonly failingSince: number | null;
  readonly disabled: { readonly at: number; readonly reason: "failing" | "gone" } | null;
  readonly lastDeliveredAt: number | null;
}

export type StoredAttempt = Omit<WebhookAttempt, "at"> & { readonly at: number };

/** One event on its way to one webhook. */
export interface DeliveryDocument {
  /** `dlv_` and a hash of webhook and event: an event is put in the line of a webhook once. Of one that is sent again it is drawn. */
  readonly _id: string;
  readonly companyId: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly seq: number;
  readonly type: EventType;
  readonly subject: string;
  readonly happenedAt: number;
  readonly body: string;
  readonly state: "due" | "delivered" | "failed" | "dropped";
  readonly nextAt: number;
  /** A process is sending it until then, at the latest. */
  readonly lockedUntil: number;
  readonly attempts: readonly StoredAttempt[];
  readonly createdAt: number;
  /** One that somebody asked for: it keeps no order. */
  readonly resentOf: string | null;
  readonly trial?: true;
}

export const webhookCollection = (connection: Connection) =>
  ownedCollection<WebhookDocument>(connection, {
    name: "webhooks",
    resource: "webhooks",
    singular: "webhook",
    unique: "name",
    sortBy: "name",
  });

/** For the runtime's own work, across companies. */
export const webhookCollections = (connection: Connection) => ({
  webhooks: connection.collection<WebhookDocument>("webhooks"),
  deliveries: connection.collection<DeliveryDocument>("webhookDeliveries"),
});

export type WebhookCollections = ReturnType<typeof webhookCollections>;

/** Creates the indexes; safe to call at each start. */
export async function prepareWebhooks(connection: Connection): Promise<void> {
  const { webhooks, deliveries } = webhookCollections(connection);
  await webhooks.createIndex({ companyId: 1, name: 1 }, { unique: true });
  const due = { state: "due" };
  await deliveries.createIndex({ nextAt: 1 }, { name: "dueByTime", partialFilterExpression: due });
  await deliveries.createIndex(
    { webhookId: 1, subject: 1, seq: 1 },
    { name: "dueInOrder", partialFilterExpression: due },
  );
  await deliveries.createIndex({ companyId: 1, createdAt: -1, _id: -1 });
  await deliveries.createIndex({ companyId: 1, webhookId: 1, createdAt: -1, _id: -1 });
}
