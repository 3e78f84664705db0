export { type EventType, eventKinds, eventTypes, subscribableTypes } from "./event-names.ts";
export { type AnyEvent, type CompanyEvent, type EventData, eventSchema } from "./event-types.ts";
