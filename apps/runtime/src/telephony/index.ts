export { allowsBasicAuth, type Credentials } from "./basic-auth.ts";
export { checkApplication } from "./check-application.ts";
export { createJambonzRest, noRest } from "./jambonz-rest.ts";
export { placeTelephoneBy } from "./place-telephone.ts";
export { renderApart } from "./render-apart.ts";
export { audioOf, type Spoken } from "./render-heard.ts";
export { type ListenTo, type MediaContext, renderMedia } from "./render-media.ts";
export { statusWebhook } from "./status-webhook.ts";
export { createTelephony, type Telephony, type TelephonyOptions } from "./telephony.ts";
