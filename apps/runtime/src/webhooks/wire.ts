import type { Webhook, WebhookDelivery } from "@cordboard/api";
import type { DeliveryDocument, WebhookDocument } from "./model.ts";

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

/** A webhook as people read it; its secret was shown when it was made. */
export function toWebhook(document: WebhookDocument, due: number): Webhook {
  const { _id: webhookId, rev, name, url, events, enabled, createdAt, failingSince, disabled } = document;
  return {
    ...{ webhookId, rev, name, url, events: events.filter((type) => type !== "webhook.trial"), enabled, due },
    createdAt: iso(createdAt),
    failingSince: isoOrNull(failingSince),
    disabled: disabled && { at: iso(disabled.at), reason: disabled.reason },
    lastDeliveredAt: isoOrNull(document.lastDeliveredAt),
  };
}

export function toDelivery(document: DeliveryDocument): WebhookDelivery {
  const { _id: deliveryId, webhookId, eventId, type, subject, happenedAt, state, nextAt, body, resentOf } = document;
  return {
    ...{ deliveryId, webhookId, eventId, type, subject, state, body, resentOf },
    happenedAt: iso(happenedAt),
    nextAt: state === "due" ? iso(nextAt) : null,
    attempts: document.attempts.map(({ at, ...attempt }) => ({ at: iso(at), ...attempt })),
  };
}
