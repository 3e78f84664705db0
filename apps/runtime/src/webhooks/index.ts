export { assertUrlAllowed } from "./assert-url-allowed.ts";
export { createDeliver } from "./deliver.ts";
export { createDispatcher, type Dispatcher } from "./dispatcher.ts";
export { type DeliveryDocument, prepareWebhooks, webhookCollections } from "./model.ts";
export { createPostSigned, type PostSigned, receiptOf } from "./post-signed.ts";
export { webhookHandlers } from "./routes.ts";
export { createWebhooks } from "./service.ts";
export { makeSecret } from "./signature.ts";
