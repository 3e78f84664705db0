import type { AnyEvent } from "@cordboard/api";
import type { StoredEvent } from "./model.ts";

/** An event as it is told, by webhook and on the stream. */
export function toEvent({ _id: eventId, type, at, companyId, subject, data }: StoredEvent): AnyEvent {
  // Stored as it was made, by the type's own schema.
  return { eventId, type, at: new Date(at).toISOString(), companyId, subject, data } as AnyEvent;
}
