export { createJambonzRest, noRest } from "./jambonz-rest.ts";
export { type JambonzTarget, type MediaContext, renderMedia, type Spoken } from "./render-media.ts";
export { statusWebhook } from "./status-webhook.ts";
export { createTelephony, type Telephony, type TelephonyOptions } from "./telephony.ts";
