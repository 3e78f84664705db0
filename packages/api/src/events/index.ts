export {
  type AnyEvent,
  type CompanyEvent,
  type EventData,
  type EventType,
  eventKinds,
  eventSchema,
  eventTypes,
  subscribableTypes,
} from "./event-types.ts";
