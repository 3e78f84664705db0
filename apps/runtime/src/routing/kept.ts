/**
 * Remembers the last answers of a question that the store answers. A fresh answer is given at once; an older one is asked anew, and
 * given all the same when the store does not answer: a call must find its line while the store stumbles. At most `most` are kept.
 */
export class Kept<Key, Value> {
  readonly #ask: (key: Key) => Promise<Value>;
  readonly #now: () => number;
  readonly #freshMs: number;
  readonly #most: number;
  readonly #answers = new Map<Key, { readonly value: Value; readonly at: number }>();
  readonly #asked = new Map<Key, Promise<Value>>();

  constructor(ask: (key: Key) => Promise<Value>, options: { now: () => number; freshMs: number; most: number }) {
    this.#ask = ask;
    this.#now = options.now;
    this.#freshMs = options.freshMs;
    this.#most = options.most;
  }

  async get(key: Key): Promise<Value> {
    const kept = this.#answers.get(key);
    if (kept && this.#now() - kept.at < this.#freshMs) return kept.value;
    const running = this.#asked.get(key) ?? this.#fetch(key);
    try {
      return await running;
    } catch (error) {
      if (kept) return kept.value;
      throw error;
    }
  }

  /** The last answer, however old, without asking. */
  peek(key: Key): Value | undefined {
    return this.#answers.get(key)?.value;
  }

  /** Something changed: the next question goes to the store, but the old answers still stand in when it does not answer. */
  expire(): void {
    for (const [key, { value }] of this.#answers) this.#answers.set(key, { value, at: Number.NEGATIVE_INFINITY });
  }

  #fetch(key: Key): Promise<Value> {
    const running = this.#ask(key)
      .then((value) => {
        this.#answers.delete(key);
        this.#answers.set(key, { value, at: this.#now() });
        for (const oldest of this.#answers.keys()) {
          if (this.#answers.size <= this.#most) break;
          this.#answers.delete(oldest);
        }
        return value;
      })
      .finally(() => this.#asked.delete(key));
    this.#asked.set(key, running);
    return running;
  }
}
