import { createHash } from "node:crypto";
import type { EventData, EventType } from "@cordboard/api";

/** An event that is to be told. */
export interface NewEvent<Type extends EventType = EventType> {
  readonly eventId: string;
  readonly companyId: string;
  readonly type: Type;
  /** UTC ms. */
  readonly at: number;
  readonly subject: string;
  readonly data: EventData<Type>;
}

/** Makes an event; `key` says which one of its kind it is, so that the same is never told twice under two ids, whoever tells it and when. */
export function newEvent<Type extends EventType>(
  type: Type,
  { key, ...event }: Omit<NewEvent<Type>, "type" | "eventId"> & { readonly key: string },
): NewEvent<Type> {
  const digest = createHash("sha256").update(JSON.stringify([event.companyId, type, key]));
  return { eventId: `evt_${digest.digest("hex").slice(0, 32)}`, type, ...event };
}
