export { callbacksHolder, changesHolder } from "./callbacks.ts";
export { callsHolder } from "./calls.ts";
export { contactsHolder } from "./contacts.ts";
export { messagesHolder } from "./messages.ts";
export { recordingsHolder } from "./recordings.ts";
export { privacyHandlers } from "./routes.ts";
export { createPrivacy } from "./service.ts";
export { toldHolder } from "./told.ts";
