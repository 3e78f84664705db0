export type { Credentials } from "./basic-auth.ts";
export { createJambonzRest, type JambonzRestOptions, noRest } from "./jambonz-rest.ts";
export type { Log } from "./log.ts";
export { type JambonzTarget, type MediaContext, renderMedia } from "./render-media.ts";
export { createTelephony, type Telephony, type TelephonyOptions } from "./telephony.ts";
export { InvalidVerbsError, validateVerbs } from "./validate-verbs.ts";
export { checkWebhookSignature, type SignatureCheck } from "./webhook-signature.ts";
