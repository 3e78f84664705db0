export { reportCsv } from "./csv.ts";
export { createReportKeeping } from "./keeping.ts";
export { prepareReports } from "./model.ts";
export { daysAfter } from "./periods.ts";
export { reportHandlers } from "./routes.ts";
export { createReports, type Reports, type WholeReport } from "./service.ts";
export { addTally, type Tally } from "./tally.ts";
export { addWays, emptyWays, waysOf } from "./ways.ts";
