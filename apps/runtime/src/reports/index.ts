export { reportCsv } from "./csv.ts";
export { createReportKeeping } from "./keeping.ts";
export { prepareReports } from "./model.ts";
export { reportHandlers } from "./routes.ts";
export { createReports, type Reports, type WholeReport } from "./service.ts";
