import type { Notice } from "@cordboard/node-kit";
import type { Connection } from "mongoose";
import type { CallCentreStore } from "../call-centre/index.ts";
import type { CallDocument } from "../calls/model.ts";
import { type Bus, type Clock, type SettingsMessage, settingsChannel } from "../ports/index.ts";
import type { MessageDocument } from "../voicemail/index.ts";
import { createCallNews } from "./call-news.ts";
import { createEventLog } from "./event-log.ts";
import { createFlowNews } from "./flow-news.ts";
import { newEvent } from "./new-event.ts";
import { tellingStore } from "./telling-store.ts";

type NoticeOf = Omit<Extract<Notice, { by: "webhook" }>, "by">;

export interface EventsGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly companyIds: () => Promise<readonly string[]>;
  readonly countryOf: (companyId: string) => Promise<string>;
  /** What operators of a company are called. */
  readonly operatorNames: (companyId: string) => Promise<(operatorId: string) => string>;
  readonly log: { warn(details: object, message: string): void };
}

/** How often calls are looked for whose beginning nobody told, ms. */
const LOOK_MS = 1_000;
/** How often it is looked whether a publication was not told, and what is kept long enough, in looks. */
const FLOWS_EVERY = 60;
const FORGET_EVERY = 3_600;

/**
 * What happens, told to a company's programs: written to its log of events from what is durable already (the call centre's journal, the calls,
 * the messages, the flows), so that a process that dies anywhere loses none of it. Telling twice is telling once.
 */
export function createEvents({
  connection,
  bus,
  clock,
  companyIds,
  countryOf,
  operatorNames,
  log: logger,
}: EventsGiven) {
  const log = createEventLog({ connection, bus, clock });
  const calls = createCallNews({ connection, log, countryOf, operatorNames, now: clock.now });
  const flowsPublished = createFlowNews({ connection, log });
  const followed = new Map<string, () => void>();
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();
  let closed = false;
  let looks = 0;
  const warn = (error: unknown) => logger.warn({ err: error }, "events could not be told; trying again");

  async function look(): Promise<void> {
    for (const companyId of await companyIds()) {
      if (!followed.has(companyId)) follow(companyId);
      await calls.lookForBegun(companyId);
      if (looks % FLOWS_EVERY === 0) await flowsPublished(companyId);
      if (looks % FORGET_EVERY === 0) await log.forgetOld(companyId);
    }
    looks += 1;
  }

  function follow(companyId: string): void {
    const changed = ({ resource }: SettingsMessage) => {
      if (resource === "flows") flowsPublished(companyId).catch(warn);
    };
    followed.set(
      companyId,
      bus.subscribe(settingsChannel(companyId), (message) => changed(message as SettingsMessage)),
    );
  }

  const again = () => {
    cancel = clock.at(clock.now() + LOOK_MS, () => {
      running = look()
        .catch(warn)
        .finally(() => closed || again());
    });
  };

  return {
    log,
    look,
    /** The call centre's store, whose commits are told as they are carried out: before the next one is made. */
    telling: (store: CallCentreStore): CallCentreStore => tellingStore(store, calls.append),
    callBegun: (call: CallDocument): void => void calls.begun(call).catch(warn),
    callsRecorded: calls.recorded,
    callNoted: calls.noted,
    async messageLeft(message: MessageDocument): Promise<void> {
      const { _id: messageId, companyId, boxId, callId, from, hidden, lineName, durationMs, receivedAt: at } = message;
      const data = { messageId, boxId, callId, from: hidden ? null : from, hidden, lineName, durationMs };
      await log.append([newEvent("message.left", { companyId, at, subject: messageId, key: messageId, data })]);
    },
    /** A flow has something told; `key`: which notice of the call it is. Of a call its beginning comes first. */
    async noticed(call: CallDocument, key: string, { topic, text, values }: NoticeOf): Promise<void> {
      const { _id: callId, companyId, flowId, hidden, lineName } = call;
      const from = hidden ? null : call.from;
      const data = {
        callId,
        flowId: call.running?.flowId ?? flowId,
        topic,
        text,
        values: { ...values },
        from,
        lineName,
      };
      await calls.begun(call);
      await log.append([newEvent("flow.notice", { companyId, at: clock.now(), subject: callId, key, data })]);
    },
    start: again,
    async close(): Promise<void> {
      closed = true;
      cancel();
      for (const stop of followed.values()) stop();
      await running;
    },
  };
}

export type Events = ReturnType<typeof createEvents>;
