export { registrationWebhook } from "./registration-webhook.ts";
export { softphoneHandlers } from "./routes.ts";
export { createSoftphone, type SoftphoneBorder } from "./softphone.ts";
export { createSoftphoneKeys } from "./softphone-keys.ts";
