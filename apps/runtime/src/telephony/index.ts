export { createJambonzRest, noRest } from "./jambonz-rest.ts";
export { type JambonzTarget, type MediaContext, renderMedia } from "./render-media.ts";
export { createTelephony, type Telephony, type TelephonyOptions } from "./telephony.ts";
export { checkWebhookSignature } from "./webhook-signature.ts";
