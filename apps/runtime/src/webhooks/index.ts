export { createDeliver } from "./deliver.ts";
export { createDispatcher, type Dispatcher } from "./dispatcher.ts";
export { prepareWebhooks } from "./model.ts";
export { postWebhook, type WebhookAnswer } from "./post-webhook.ts";
export { webhookHandlers } from "./routes.ts";
export { createWebhooks } from "./service.ts";
