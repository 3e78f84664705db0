export { foundAmong, OWN_CONTACTS } from "./contact-facts.ts";
export { createContactFiles } from "./file/service.ts";
export { type ContactFinder, callerForms, createContactFinder } from "./find-contacts.ts";
export { type CallerAsked, type ContactLookUp, createContactLookUp } from "./look-up.ts";
export { type ContactDocument, contactDocuments, prepareContacts } from "./model.ts";
export { contactHandlers } from "./routes.ts";
export { type Contacts, createContacts } from "./service.ts";
