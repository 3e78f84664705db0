export { prepareAlarmCalls } from "./alarm-call-model.ts";
export { createAlarmCalling } from "./calling.ts";
export { prepareAlarms } from "./model.ts";
export { createProbes } from "./probes.ts";
export { alarmHandlers } from "./routes.ts";
export { type Alarms, createAlarms } from "./service.ts";
export { createTelling } from "./tell.ts";
export { createAlarmWatcher } from "./watcher.ts";
