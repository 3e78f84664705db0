export { prepareReportMails } from "./model.ts";
export { createReportMailRounds } from "./rounds.ts";
export { createReportMails } from "./service.ts";
