/** Counts what is under way, so that a test can wait until nothing is, instead of for a time. */
export class Activity {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  async track<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Resolves when nothing has been under way for several turns of the event loop. */
  readonly settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 4; ) {
      // A store takes its time: turning round and round meanwhile would take the processor from it.
      if (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await new Promise(setImmediate);
      quiet = this.#running === 0 ? quiet + 1 : 0;
    }
  };
}
