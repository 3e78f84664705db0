export { prepareAlarms } from "./model.ts";
export { createProbes } from "./probes.ts";
export { alarmHandlers } from "./routes.ts";
export { createAlarms } from "./service.ts";
export { createTelling } from "./tell.ts";
export { createAlarmWatcher } from "./watcher.ts";
