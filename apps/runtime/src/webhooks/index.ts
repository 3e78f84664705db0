export { postWebhook, type WebhookAnswer } from "./post-webhook.ts";
