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
 * Resolves when Redis answers, however long that takes: each try that failed is said, and made again. So is each after it was lost later;
 * what was subscribed to by then is subscribed to again.
 *
 * `prefix` keeps installations that share a server apart. `processId` names the channel on which answers come back.
 */
export async function redisBus(url: string, options: { prefix: string; processId: string; log: Log }): Promise<Bus> {
  const { prefix, processId, log } = options;
  const settings = {
    maxRetriesPerRequest: null,
    enableOfflineQueue: false,
    lazyConnect: true,
    // What is subscribed to is known here, and holds also for what was asked for while Redis was away.
    autoResubscribe: false,
    retryStrategy: (times: number) => Math.min(3_000, 100 * 2 ** Math.min(times - 1, 10)),
  } as const;
  const sender = new Redis(url, settings);
  const receiver = new Redis(url, settings);

  const listeners = new Map<string, Set<(message: unknown) => void>>();
  const pending = new Map<string, (answer: unknown) => void>();
  const replyChannel = `${prefix}reply/${processId}`;
  let asked = 0;

  const listen = async (...channels: readonly string[]) => {
    if (receiver.status === "ready") await receiver.subscribe(...channels);
  };
  receiver.on("ready", () => void listen(replyChannel, ...listeners.keys()).catch(() => undefined));
  await Promise.all([connected(sender, "sender", url, log), connected(receiver, "receiver", url, log)]);
  // Before the first question is asked; when it fails, Redis was lost again, and `ready` sees to it.
  await listen(replyChannel).catch(() => undefined);

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
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Connects and stays connected; resolves when Redis answers for the first time. */
function connected(client: Redis, name: string, url: string, log: Log): Promise<void> {
  const address = url.replace(/\/\/[^@/]*@/, "//***@");
  let answered = false;
  let error: unknown;
  client.on("error", (latest) => {
    error = latest;
  });
  // Told of each failed try, also of one whose connection was only closed, which is no error.
  client.on("reconnecting", () => {
    const details = { err: error, client: name };
    if (answered) log.warn(details, "Redis does not answer; hints between processes are lost meanwhile. Trying again.");
    else
      log.error(
        details,
        `Redis does not answer at ${address}; no calls are taken until it does. Trying again. (REDIS_URL names it.)`,
      );
    error = undefined;
  });
  return new Promise((resolve) => {
    client.on("ready", () => {
      if (answered) log.info({ client: name }, "Redis answers again");
      answered = true;
      resolve();
    });
    // Its failures are told above, and tried again by the client itself.
    client.connect().catch(() => undefined);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
