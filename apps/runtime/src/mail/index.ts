export { folderCarrier } from "./folder-carrier.ts";
export { createMailSpool } from "./mail-spool.ts";
export { type MailDocument, mailCollection, prepareMails } from "./model.ts";
export { smtpCarrier } from "./smtp-carrier.ts";
