import type { Handlers } from "../http/handlers.ts";
import type { Webhooks } from "./service.ts";

type WebhookRoute = Extract<keyof Handlers, `webhooks.${string}` | `webhookDeliveries.${string}`>;

export const webhookHandlers = (webhooks: Webhooks): Pick<Handlers, WebhookRoute> => ({
  "webhooks.list": async ({ scope }) => ({ items: await webhooks.list(scope) }),
  "webhooks.get": ({ scope, input }) => webhooks.get(scope, input.params.webhookId),
  "webhooks.create": ({ scope, input }) => webhooks.create(scope, input.body),
  "webhooks.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return webhooks.change(scope, params.webhookId, rev, fields);
  },
  "webhooks.delete": async ({ scope, input }) => {
    await webhooks.remove(scope, input.params.webhookId);
    return undefined;
  },
  "webhooks.newSecret": async ({ scope, input }) => ({
    secret: await webhooks.newSecret(scope, input.params.webhookId),
  }),
  "webhooks.try": ({ scope, input }) => webhooks.tryOut(scope, input.params.webhookId),
  "webhookDeliveries.list": ({ scope, input }) => webhooks.deliveries(scope, input.query),
  "webhookDeliveries.resend": ({ scope, input }) => webhooks.resend(scope, input.params.deliveryId),
});
