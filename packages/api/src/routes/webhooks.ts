/** Webhooks: where a company's programs are told of events, what was sent, and what came back. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { eventTypes, subscribableTypes } from "../events/event-names.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

const fields = {
  name: Name,
  /** Only http for a private address that an administrator listed; anything else is https. */
  url: Type.String({
    format: "uri",
    pattern: "^https?://",
    maxLength: 2000,
    examples: ["https://hooks.example.com/cordboard"],
  }),
  events: Type.Array(Type.Enum([...subscribableTypes]), { minItems: 1, uniqueItems: true }),
  /** Switched on again, it is told of what happens from then on. */
  enabled: Type.Boolean({ default: true }),
};

export const WebhookFields = Type.Object(fields, closed);
export type WebhookFields = Static<typeof WebhookFields>;

export const Webhook = Type.Object(
  {
    webhookId: Id,
    rev: Rev,
    ...fields,
    createdAt: IsoTime,
    /** Since when nothing was taken any more; null: the last delivery was, or none was made yet. */
    failingSince: nullable(IsoTime),
    /** Switched off by the product: it failed for too long, or the receiver said that it is gone (410). */
    disabled: nullable(Type.Object({ at: IsoTime, reason: Type.Enum(["failing", "gone"]) }, closed)),
    lastDeliveredAt: nullable(IsoTime),
    /** Deliveries that are still to be made. */
    due: Type.Integer({ minimum: 0 }),
  },
  { ...closed, title: "Webhook" },
);
export type Webhook = Static<typeof Webhook>;

const Secret = Type.String({ examples: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] });

export const WebhookAttempt = Type.Object(
  {
    at: IsoTime,
    durationMs: Type.Integer({ minimum: 0 }),
    /** What was answered; null: nothing was. */
    status: nullable(Type.Integer()),
    /** Null: it was taken. */
    error: nullable(Type.Enum(["status", "refused", "timeout", "unreachable", "tooLarge"])),
    /** The beginning of the answer, or what went wrong. */
    detail: Type.String(),
  },
  { ...closed, title: "WebhookAttempt" },
);
export type WebhookAttempt = Static<typeof WebhookAttempt>;

export const WebhookDelivery = Type.Object(
  {
    deliveryId: Id,
    webhookId: Id,
    eventId: Type.String(),
    type: Type.Enum([...eventTypes]),
    subject: Type.String(),
    happenedAt: IsoTime,
    /** `due`: it is being sent, or tried again at `nextAt`. `failed`: given up. `dropped`: its webhook was switched off meanwhile. */
    state: Type.Enum(["due", "delivered", "failed", "dropped"]),
    nextAt: nullable(IsoTime),
    attempts: Type.Array(WebhookAttempt),
    /** What was sent, as it was sent. */
    body: Type.String(),
    resentOf: nullable(Id),
  },
  { ...closed, title: "WebhookDelivery" },
);
export type WebhookDelivery = Static<typeof WebhookDelivery>;

const crud = crudRoutes({
  name: "webhooks",
  resource: "webhooks",
  path: "/api/webhooks",
  key: "webhookId",
  id: Id,
  item: Webhook,
  fields: WebhookFields,
  singular: "webhook",
  plural: "webhooks",
  errors: ["alreadyExists", "webhookUrlRefused"],
});

const params = Type.Object({ webhookId: Id });

export const webhookRoutes = {
  "webhooks.list": crud.list,
  "webhooks.get": crud.get,
  "webhooks.create": {
    ...crud.create,
    summary: "Creates a webhook; the secret that its deliveries are signed with is shown in the answer this once.",
    response: Type.Object({ ...Webhook.properties, secret: Secret }, { ...closed, title: "NewWebhook" }),
  },
  "webhooks.change": crud.change,
  "webhooks.delete": { ...crud.delete, summary: "Deletes a webhook with its deliveries." },
  "webhooks.newSecret": defineRoute({
    id: "webhooks.newSecret",
    method: "POST",
    path: "/api/webhooks/:webhookId/secret",
    roles: permissions.webhooks.write,
    summary:
      "Gives a new secret, shown in the answer this once; for a day deliveries are signed with the old one as well.",
    request: { params },
    response: Type.Object({ secret: Secret }, closed),
    errors: ["notFound"],
  }),
  "webhooks.try": defineRoute({
    id: "webhooks.try",
    method: "POST",
    path: "/api/webhooks/:webhookId/trial",
    roles: permissions.webhooks.write,
    summary: "Sends an event of the type `webhook.trial` at once, also to a webhook that is switched off.",
    request: { params },
    response: WebhookDelivery,
    errors: ["notFound"],
  }),
  "webhookDeliveries.list": defineRoute({
    id: "webhookDeliveries.list",
    scope: "webhooks:read",
    method: "GET",
    path: "/api/webhook-deliveries",
    roles: permissions.webhooks.read,
    summary: "Lists what was, or is to be, sent to webhooks, the newest first; `next` goes on where this page ends.",
    request: {
      query: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          before: Type.Optional(Type.String({ pattern: "^\\d{1,15}-[a-z]{2,8}_[0-9a-f]{32}$" })),
          webhookId: Type.Optional(Id),
          state: Type.Optional(Type.Enum(["due", "delivered", "failed", "dropped"])),
          type: Type.Optional(Type.Enum([...eventTypes])),
          subject: Type.Optional(Type.String({ maxLength: 100 })),
        },
        closed,
      ),
    },
    response: Type.Object({ items: Type.Array(WebhookDelivery), next: nullable(Type.String()) }, closed),
    errors: [],
  }),
  "webhookDeliveries.resend": defineRoute({
    id: "webhookDeliveries.resend",
    scope: "webhooks:write",
    method: "POST",
    path: "/api/webhook-deliveries/:deliveryId/resend",
    roles: permissions.webhooks.write,
    summary:
      "Sends it again at once, with the same event id: one that is still due goes now, of any other a new delivery is made.",
    request: { params: Type.Object({ deliveryId: Id }) },
    response: WebhookDelivery,
    errors: ["notFound"],
  }),
} as const;
