import { Redis } from "ioredis";
import type { Bus } from "../ports/index.ts";

interface Question {
  readonly id: string;
  readonly replyTo: string;
  readonly message: unknown;
}

/**
 * The bus of several processes, over Redis' publish and subscribe. Nothing is kept in Redis: it may be emptied or restarted at any time;
 * meanwhile messages are lost, which every user of the bus reckons with.
 *
 * `prefix` keeps installations that share a server apart. `processId` names the channel on which answers come back.
 */
export async function redisBus(url: string, options: { prefix: string; processId: string; log: Log }): Promise<Bus> {
  const { prefix, processId, log } = options;
  const settings = { maxRetriesPerRequest: null, enableOfflineQueue: false, lazyConnect: true } as const;
  const sender = new Redis(url, settings);
  const receiver = new Redis(url, { ...settings, autoResubscribe: true });
  for (const [name, client] of Object.entries({ sender, receiver })) {
    client.on("error", (error) =>
      log.warn({ err: error, client: name }, "Redis does not answer; hints between processes are lost meanwhile"),
    );
  }
  await Promise.all([sender.connect(), receiver.connect()]);

  const listeners = new Map<string, Set<(message: unknown) => void>>();
  const pending = new Map<string, (answer: unknown) => void>();
  const replyChannel = `${prefix}reply/${processId}`;
  let asked = 0;

  const listen = async (channel: string) => {
    if (receiver.status === "ready") await receiver.subscribe(channel);
    else receiver.once("ready", () => void receiver.subscribe(channel).catch(() => undefined));
  };
  const send = (channel: string, message: unknown) => {
    sender.publish(channel, JSON.stringify(message ?? null)).catch(() => undefined);
  };
  receiver.on("message", (channel: string, text: string) => {
    const message = parse(text);
    if (message === undefined) return;
    if (channel === replyChannel) {
      const { id, answer } = message as { id: string; answer: unknown };
      pending.get(id)?.(answer ?? undefined);
      return;
    }
    for (const listener of listeners.get(channel) ?? []) listener(message);
  });
  await listen(replyChannel);

  const subscribe = (channel: string, listener: (message: unknown) => void) => {
    const set = listeners.get(channel) ?? new Set();
    if (set.size === 0) void listen(channel).catch(() => undefined);
    listeners.set(channel, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size > 0) return;
      listeners.delete(channel);
      receiver.unsubscribe(channel).catch(() => undefined);
    };
  };

  return {
    publish: (channel, message) => send(prefix + channel, message),
    subscribe: (channel, listener) => subscribe(prefix + channel, listener),
    request(channel, message, timeoutMs) {
      const id = `${processId}.${asked++}`;
      return new Promise((resolve) => {
        const timer = setTimeout(() => answered(undefined), timeoutMs);
        const answered = (answer: unknown) => {
          clearTimeout(timer);
          pending.delete(id);
          resolve(answer);
        };
        pending.set(id, answered);
        send(`${prefix}ask/${channel}`, { id, replyTo: replyChannel, message } satisfies Question);
      });
    },
    answer: (channel, handler) =>
      subscribe(`${prefix}ask/${channel}`, (question) => {
        const { id, replyTo, message } = question as Question;
        handler(message).then(
          (answer) => send(replyTo, { id, answer }),
          (error) => log.warn({ err: error, channel }, "a request of another process could not be answered"),
        );
      }),
    async close() {
      sender.disconnect();
      receiver.disconnect();
    },
  };
}

interface Log {
  warn(details: object, message: string): void;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
