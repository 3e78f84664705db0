import {
  type EventType,
  eventKinds,
  type InputOf,
  type OutputOf,
  type Routes,
  resources,
  type Webhook,
  type WebhookDelivery,
  type WebhookFields,
} from "@cordboard/api";
import type { Filter } from "mongodb";
import type { Connection } from "mongoose";
import { demand, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import { type EventLog, newEvent, toEvent } from "../events/index.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import type { Sealer } from "../sealing/index.ts";
import { assertUrlAllowed } from "./assert-url-allowed.ts";
import { type DeliveryDocument, type WebhookDocument, webhookCollection, webhookCollections } from "./model.ts";
import { makeSecret } from "./signature.ts";
import { toDelivery, toWebhook } from "./wire.ts";

export interface WebhooksGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly sealer: Sealer;
  readonly events: EventLog;
  readonly privateHosts: (companyId: string) => Promise<readonly string[]>;
  /** Sends a delivery that is in the store at once, and resolves when that was tried. */
  readonly sendNow: (delivery: DeliveryDocument) => Promise<unknown>;
  /** Says that something is due. */
  readonly wake: () => void;
}

/** So long a receiver can be changed over to a new secret. */
const oldSecretMs = 24 * 3_600_000;

type Page = OutputOf<Routes["webhookDeliveries.list"]>;
type Asked = NonNullable<InputOf<Routes["webhookDeliveries.list"]>["query"]>;

/** Webhooks as administrators (and keys that were granted them) set them up, and the log of what was sent. */
export function createWebhooks(given: WebhooksGiven) {
  const { clock, makeId, sealer, events } = given;
  const collection = webhookCollection(given.connection);
  const { deliveries } = webhookCollections(given.connection);

  const dueOf = (webhookId: string) => deliveries.countDocuments({ webhookId, state: "due" });
  const told = async (document: WebhookDocument): Promise<Webhook> => toWebhook(document, await dueOf(document._id));

  async function assertAllowed(scope: Scope, { url, events: types }: WebhookFields): Promise<void> {
    for (const type of types) demandEvent(scope, type);
    assertUrlAllowed(url, await given.privateHosts(scope.companyId));
  }

  async function find(scope: Scope, deliveryId: string): Promise<DeliveryDocument> {
    const found = await deliveries.findOne({ _id: deliveryId, companyId: scope.companyId });
    if (!found) throw new UserError("notFound", { what: "delivery" });
    return found;
  }

  /** Puts one more in the line that keeps no order, sends it, and says what came of it. */
  async function sendApart(delivery: DeliveryDocument): Promise<WebhookDelivery> {
    await deliveries.insertOne(delivery);
    await given.sendNow(delivery);
    return toDelivery((await deliveries.findOne({ _id: delivery._id })) ?? delivery);
  }

  return {
    list: async (scope: Scope): Promise<Webhook[]> => Promise.all((await collection(scope).list()).map(told)),
    get: async (scope: Scope, webhookId: string): Promise<Webhook> => told(await collection(scope).get(webhookId)),
    async create(scope: Scope, fields: WebhookFields): Promise<Webhook & { readonly secret: string }> {
      demand(scope, "write", "webhooks");
      await assertAllowed(scope, fields);
      const secret = makeSecret();
      // What happens from now on.
      const { last: cursor } = await events.bounds(scope.companyId);
      const document = await collection(scope).insert(makeId("hook"), {
        ...{ ...fields, createdAt: clock.now(), secret: sealer.seal(secret), oldSecret: null, cursor },
        ...{ failingSince: null, disabled: null, lastDeliveredAt: null },
      });
      given.wake();
      return { ...(await told(document)), secret };
    },
    async change(scope: Scope, webhookId: string, rev: number, fields: WebhookFields): Promise<Webhook> {
      demand(scope, "write", "webhooks");
      await assertAllowed(scope, fields);
      const before = await collection(scope).get(webhookId);
      const { last: cursor } = await events.bounds(scope.companyId);
      const on = fields.enabled && !before.enabled ? { cursor, disabled: null, failingSince: null } : {};
      const changed = await collection(scope).change(webhookId, rev, { ...fields, ...on });
      if (!fields.enabled) {
        await deliveries.updateMany({ webhookId, state: "due" }, { $set: { state: "dropped" } });
      }
      return told(changed);
    },
    async newSecret(scope: Scope, webhookId: string): Promise<string> {
      demand(scope, "write", "webhooks");
      const secret = makeSecret();
      const before = await collection(scope).get(webhookId);
      const oldSecret = { secret: before.secret, until: clock.now() + oldSecretMs };
      await collection(scope).set(webhookId, { secret: sealer.seal(secret), oldSecret });
      return secret;
    },
    async remove(scope: Scope, webhookId: string): Promise<void> {
      await collection(scope).remove(webhookId);
      await deliveries.deleteMany({ webhookId, companyId: scope.companyId });
    },
    /** Sends a trial, and says what came of it. */
    async tryOut(scope: Scope, webhookId: string): Promise<WebhookDelivery> {
      demand(scope, "write", "webhooks");
      const { companyId } = await collection(scope).get(webhookId);
      const now = clock.now();
      const deliveryId = makeId("dlv");
      const data = { sentence: "Cordboard reaches this address. · Cordboard atteint cette adresse." };
      const event = newEvent("webhook.trial", { companyId, at: now, subject: webhookId, key: deliveryId, data });
      const { eventId, type, subject } = event;
      const { eventId: _id, ...rest } = event;
      const body = JSON.stringify(toEvent({ _id, ...rest, seq: 0, toldAt: now }));
      return sendApart({
        ...{ _id: deliveryId, companyId, webhookId, eventId, seq: 0, type, subject, happenedAt: now, body },
        ...{ state: "due", nextAt: now, lockedUntil: 0, attempts: [], createdAt: now, resentOf: null, trial: true },
      });
    },
    async deliveries(scope: Scope, asked: Asked): Promise<Page> {
      demand(scope, "read", "webhooks");
      const limit = asked.limit ?? 50;
      const found = await deliveries
        .find(filterOf(scope.companyId, asked))
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last ? `${last.createdAt}-${last._id}` : null;
      return { items: page.map(toDelivery), next };
    },
    async resend(scope: Scope, deliveryId: string): Promise<WebhookDelivery> {
      demand(scope, "write", "webhooks");
      const delivery = await find(scope, deliveryId);
      scope.changed?.({
        ...{ resource: "webhooks", targetId: delivery.webhookId, targetName: null },
        ...{ before: null, after: { resent: deliveryId, type: delivery.type } },
      });
      if (delivery.state === "due") {
        await deliveries.updateOne({ _id: deliveryId, state: "due" }, { $set: { nextAt: clock.now() } });
        await given.sendNow(delivery);
        return toDelivery(await find(scope, deliveryId));
      }
      // Also where the webhook is switched off meanwhile: somebody asks for it.
      const { trial: _, ...sent } = delivery;
      const now = clock.now();
      return sendApart({
        ...{ ...sent, _id: makeId("dlv"), state: "due", nextAt: now, lockedUntil: 0 },
        ...{ attempts: [], createdAt: now, resentOf: deliveryId, trial: true },
      });
    },
  };
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Whoever subscribes must be allowed to read what the events tell. */
function demandEvent(scope: Scope, type: EventType): void {
  const wanted = eventKinds[type].scope;
  const resource = resources.find((name) => wanted.startsWith(`${name}:`));
  if (resource) demand(scope, "read", resource);
}

function filterOf(companyId: string, asked: Asked): Filter<DeliveryDocument> {
  const { before, webhookId, state, type, subject } = asked;
  const cut = before?.indexOf("-") ?? -1;
  const at = Number(before?.slice(0, cut));
  return {
    companyId,
    ...(webhookId !== undefined && { webhookId }),
    ...(state !== undefined && { state }),
    ...(type !== undefined && { type }),
    ...(subject !== undefined && { subject }),
    ...(before !== undefined && {
      $or: [{ createdAt: { $lt: at } }, { createdAt: at, _id: { $lt: before.slice(cut + 1) } }],
    }),
  };
}
