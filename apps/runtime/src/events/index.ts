export { createEvents, type Events } from "./create-events.ts";
export { createEventLog, type EventLog } from "./event-log.ts";
export { eventCollection, prepareEvents, type StoredEvent } from "./model.ts";
export { type NewEvent, newEvent } from "./new-event.ts";
export { createEventStream } from "./stream.ts";
export { tellingStore } from "./telling-store.ts";
export { toEvent } from "./wire.ts";
