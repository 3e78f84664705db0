/**
 * Messages between processes (and between parts of one). **A hint, never the truth**: a message can be lost, doubled or late; whoever
 * cares reads the store. Channels carry the company: `company/<companyId>/<topic>`.
 */
export interface Bus {
  /** Tells every subscriber of the channel, in this process and in others. `message` must be JSON. */
  publish(channel: string, message: unknown): void;
  /** Returns how to end the subscription. */
  subscribe(channel: string, listener: (message: unknown) => void): () => void;
  /**
   * Asks whoever answers for the channel and waits; `undefined` when nobody answered within `timeoutMs`
   * (which does not mean that nothing was done: what is asked must be safe to ask again).
   */
  request(channel: string, message: unknown, timeoutMs: number): Promise<unknown>;
  /** Answers requests on the channel until the returned function is called. One answerer a channel at a time. */
  answer(channel: string, handler: (message: unknown) => Promise<unknown>): () => void;
  close(): Promise<void>;
}
