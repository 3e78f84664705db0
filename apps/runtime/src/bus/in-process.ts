import type { Bus } from "../ports/index.ts";

/** The bus of a single process. Listeners run in a later turn, as they would if the message had crossed a network. */
export function inProcessBus(): Bus {
  const listeners = new Map<string, Set<(message: unknown) => void>>();
  const answerers = new Map<string, (message: unknown) => Promise<unknown>>();
  return {
    publish(channel, message) {
      for (const listener of listeners.get(channel) ?? []) setImmediate(listener, message);
    },
    subscribe(channel, listener) {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(channel) === set) listeners.delete(channel);
      };
    },
    async request(channel, message, timeoutMs) {
      const handler = answerers.get(channel);
      if (!handler) return undefined;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(resolve, timeoutMs, undefined);
      });
      try {
        return await Promise.race([handler(message), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    answer(channel, handler) {
      answerers.set(channel, handler);
      return () => {
        if (answerers.get(channel) === handler) answerers.delete(channel);
      };
    },
    async close() {
      listeners.clear();
      answerers.clear();
    },
  };
}
