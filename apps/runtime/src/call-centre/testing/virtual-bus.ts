import type { Bus, Clock } from "../../ports/index.ts";
import type { Activity } from "./activity.ts";

/** A bus between the processes of a test, on virtual time. What is `lost` is not delivered: a bus is a hint. */
export class VirtualBus implements Bus {
  readonly #clock: Clock;
  readonly #activity: Activity;
  readonly #listeners = new Map<string, Set<(message: unknown) => void>>();
  readonly #answerers = new Map<string, (message: unknown) => Promise<unknown>>();
  lost: () => boolean = () => false;

  readonly #copied: (message: unknown) => unknown;

  /** `copy`: what is delivered of a message; thousands that nobody changes in place are delivered as they are. */
  constructor(
    clock: Clock,
    activity: Activity,
    { copy = asJson }: { readonly copy?: (message: unknown) => unknown } = {},
  ) {
    this.#copied = copy;
    this.#clock = clock;
    this.#activity = activity;
  }

  publish(channel: string, message: unknown): void {
    if (this.lost()) return;
    const listeners = this.#listeners.get(channel);
    if (!listeners?.size) return;
    const copy = this.#copied(message);
    for (const listener of listeners) setImmediate(listener, copy);
  }

  subscribe(channel: string, listener: (message: unknown) => void): () => void {
    const set = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, set.add(listener));
    return () => set.delete(listener);
  }

  async request(channel: string, message: unknown, timeoutMs: number): Promise<unknown> {
    const handler = this.#answerers.get(channel);
    if (!handler) return undefined;
    const copy = this.#copied(message);
    return await new Promise((resolve) => {
      const cancel = this.#clock.at(this.#clock.now() + timeoutMs, () => resolve(undefined));
      if (this.lost()) return;
      void this.#activity.track(async () => await new Promise(setImmediate));
      handler(copy).then((answer) => {
        // The answer may be lost as well: what was asked has been done all the same.
        if (this.lost()) return;
        cancel();
        resolve(this.#copied(answer));
      }, resolve);
    });
  }

  answer(channel: string, handler: (message: unknown) => Promise<unknown>): () => void {
    this.#answerers.set(channel, handler);
    return () => {
      if (this.#answerers.get(channel) === handler) this.#answerers.delete(channel);
    };
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#answerers.clear();
  }
}

const asJson = (message: unknown): unknown => JSON.parse(JSON.stringify(message));
