export { prepareSchedules } from "./model.ts";
export { scheduleHandlers } from "./routes.ts";
export { createSchedules, type Schedules } from "./service.ts";
