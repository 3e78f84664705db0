import { createHash } from "node:crypto";
import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import { type EventLog, type StoredEvent, toEvent } from "../events/index.ts";
import { groupBy } from "../figures/group-by.ts";
import { type Bus, type Clock, eventsChannel } from "../ports/index.ts";
import type { Attempted } from "./deliver.ts";
import { type DeliveryDocument, type WebhookDocument, webhookCollections } from "./model.ts";
import { nextWaitMs, patienceMs } from "./retry-times.ts";

export interface DispatcherGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly events: EventLog;
  readonly deliver: (webhook: WebhookDocument, delivery: DeliveryDocument) => Promise<Attempted>;
  /** At least 0, less than 1. */
  readonly draw: () => number;
  readonly log: { warn(details: object, message: string): void };
}

/** Longer than a delivery can take. */
const LOCK_MS = 30_000;
const EVENTS_AT_ONCE = 500;
const DUE_AT_ONCE = 200;
/** So many subjects of one webhook are sent side by side. */
const SIDE_BY_SIDE = 8;
/** How often it is looked for what is due when nobody says that something is, ms. */
const LOOK_MS = 1_000;
/** Deliveries are kept for the page so long. */
const deliveriesKeptMs = 14 * 24 * 3_600_000;
const FORGET_EVERY = 3_600;

/**
 * Carries a company's events to its webhooks. Every process does it. An event is put in the line of each webhook that wants it (once: its
 * delivery's id follows from both) before the webhook's cursor passes it; a delivery is locked, sent, and written down. What dies between is
 * sent again. Of one subject nothing is sent before what came earlier was taken or given up.
 */
export function createDispatcher(given: DispatcherGiven) {
  const { bus, clock, events, deliver, draw, log } = given;
  const { webhooks, deliveries } = webhookCollections(given.connection);
  const followed = new Map<string, () => void>();
  const atWork = new Set<string>();
  let cancel = () => {};
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let looks = 0;

  /** Puts what happened since in the line of each webhook. */
  async function fanOut(): Promise<void> {
    const wanting: WebhookDocument[] = await webhooks.find({ enabled: true }).toArray();
    for (const webhook of wanting) {
      const { companyId } = webhook;
      if (!followed.has(companyId)) followed.set(companyId, bus.subscribe(eventsChannel(companyId), wake));
      let { cursor } = webhook;
      for (;;) {
        const found = await events.read(companyId, cursor, EVENTS_AT_ONCE);
        const last = found.at(-1);
        if (!last) break;
        await insert(found.filter(({ type }) => webhook.events.includes(type)).map((event) => dueNow(webhook, event)));
        // Another process may be further already.
        await webhooks.updateOne({ _id: webhook._id, cursor: { $lt: last.seq } }, { $set: { cursor: last.seq } });
        cursor = last.seq;
      }
    }
  }

  function dueNow({ _id: webhookId, companyId }: WebhookDocument, event: StoredEvent): DeliveryDocument {
    const { _id: eventId, seq, type, subject, at: happenedAt } = event;
    const digest = createHash("sha256").update(`${webhookId}/${eventId}`).digest("hex").slice(0, 32);
    const now = clock.now();
    return {
      ...{ _id: `dlv_${digest}`, companyId, webhookId, eventId, seq, type, subject, happenedAt },
      ...{ body: JSON.stringify(toEvent(event)), state: "due", nextAt: now, lockedUntil: 0 },
      ...{ attempts: [], createdAt: now, resentOf: null },
    };
  }

  async function insert(due: readonly DeliveryDocument[]): Promise<void> {
    if (due.length === 0) return;
    try {
      await deliveries.insertMany([...due], { ordered: false });
    } catch (cause) {
      if (!isDuplicate(cause)) throw cause;
    }
  }

  /** Sends what is due, the lines of each webhook side by side. Resolves when all of it was tried. */
  async function sendDue(): Promise<void> {
    for (;;) {
      const now = clock.now();
      const due = await deliveries
        .find({ state: "due", nextAt: { $lte: now }, lockedUntil: { $lte: now } })
        .sort({ nextAt: 1 })
        .limit(DUE_AT_ONCE)
        .toArray();
      const free = due.filter(({ webhookId }) => !atWork.has(webhookId));
      if (free.length === 0) return;
      const lines = [...groupBy(free, ({ webhookId }) => webhookId)];
      await Promise.all(lines.map(([webhookId, theirs]) => serve(webhookId, theirs)));
      if (closed || due.length < DUE_AT_ONCE) return;
    }
  }

  async function serve(webhookId: string, due: readonly DeliveryDocument[]): Promise<void> {
    atWork.add(webhookId);
    try {
      const subjects = [...groupBy(due, ({ subject, resentOf, _id }) => (resentOf === null ? subject : _id)).values()];
      const next = subjects.values();
      const work = async () => {
        for (const line of next) {
          for (const delivery of line.toSorted((a, b) => a.seq - b.seq)) if (!(await sendOne(delivery))) break;
        }
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    } finally {
      atWork.delete(webhookId);
    }
  }

  /** False: nothing more of this subject can be sent now. */
  async function sendOne(delivery: DeliveryDocument): Promise<boolean> {
    const { _id, webhookId, subject, seq } = delivery;
    if (closed) return false;
    const inOrder = delivery.resentOf === null && !delivery.trial;
    if (inOrder) {
      const before = { webhookId, subject, state: "due" as const, resentOf: null, seq: { $lt: seq } };
      const [earlier] = await deliveries.find(before).sort({ seq: -1 }).limit(1).toArray();
      if (earlier) {
        // It is being sent just now, here or elsewhere, or waits for its time: this one waits a little longer.
        await deliveries.updateOne({ _id }, { $set: { nextAt: Math.max(earlier.nextAt, clock.now() + LOOK_MS) } });
        return false;
      }
    }
    const now = clock.now();
    const { matchedCount } = await deliveries.updateOne(
      { _id, state: "due", lockedUntil: { $lte: now } },
      { $set: { lockedUntil: now + LOCK_MS } },
    );
    if (matchedCount === 0) return false;
    const webhook = await webhooks.findOne({ _id: webhookId });
    if (!webhook || (!webhook.enabled && !delivery.trial)) {
      await deliveries.updateOne({ _id }, { $set: { state: "dropped", lockedUntil: 0 } });
      return true;
    }
    const attempted = await deliver(webhook, delivery);
    return await writeDown(webhook, delivery, attempted);
  }

  async function writeDown(webhook: WebhookDocument, delivery: DeliveryDocument, tried: Attempted): Promise<boolean> {
    const { _id, webhookId, subject, seq } = delivery;
    const { attempt, gone, askedMs } = tried;
    const now = clock.now();
    const made = { $push: { attempts: attempt } };
    if (attempt.error === null) {
      await deliveries.updateOne({ _id }, { ...made, $set: { state: "delivered", lockedUntil: 0 } });
      await webhooks.updateOne({ _id: webhookId }, { $set: { failingSince: null, lastDeliveredAt: now } });
      return true;
    }
    const wait = delivery.trial ? null : nextWaitMs(delivery.attempts.length + 1, { share: draw(), askedMs });
    if (wait === null || gone) {
      await deliveries.updateOne({ _id }, { ...made, $set: { state: "failed", lockedUntil: 0 } });
    } else {
      const nextAt = now + wait;
      await deliveries.updateOne({ _id }, { ...made, $set: { nextAt, lockedUntil: 0 } });
      // What comes after it waits for it, and need not be looked at before.
      const after = { webhookId, subject, state: "due" as const, resentOf: null, seq: { $gt: seq } };
      if (delivery.resentOf === null) await deliveries.updateMany(after, { $max: { nextAt } });
    }
    if (delivery.trial) return false;
    const failingSince = webhook.failingSince ?? now;
    if (gone || now - failingSince >= patienceMs) await switchOff(webhook, gone ? "gone" : "failing");
    else await webhooks.updateOne({ _id: webhookId, failingSince: null }, { $set: { failingSince } });
    return wait === null || gone;
  }

  async function switchOff({ _id, companyId, url }: WebhookDocument, reason: "failing" | "gone"): Promise<void> {
    const disabled = { at: clock.now(), reason };
    await webhooks.updateOne({ _id, enabled: true }, { $set: { enabled: false, disabled }, $inc: { rev: 1 } });
    await deliveries.updateMany({ webhookId: _id, state: "due" }, { $set: { state: "dropped" } });
    const { host } = new URL(url);
    log.warn(
      { companyId, webhookId: _id, host, reason },
      "a webhook was switched off: nothing is taken there any more",
    );
  }

  async function round(): Promise<void> {
    await fanOut();
    await sendDue();
    if (looks++ % FORGET_EVERY === 0) {
      await deliveries.deleteMany({ createdAt: { $lt: clock.now() - deliveriesKeptMs }, state: { $ne: "due" } });
    }
  }

  function wake(): void {
    if (closed) return;
    if (running) {
      again = true;
      return;
    }
    again = false;
    running = round()
      .catch((error) => log.warn({ err: error }, "webhooks could not be served; trying again"))
      .finally(() => {
        running = null;
        if (again) wake();
      });
  }

  const lookAgain = () => {
    cancel = clock.at(clock.now() + LOOK_MS, () => {
      wake();
      lookAgain();
    });
  };

  return {
    round,
    wake,
    sendOne,
    start: lookAgain,
    async close(): Promise<void> {
      closed = true;
      cancel();
      for (const stop of followed.values()) stop();
      await running;
    },
  };
}

export type Dispatcher = ReturnType<typeof createDispatcher>;
