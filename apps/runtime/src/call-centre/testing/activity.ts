/** Counts what is under way, so that a test can wait until nothing is, instead of for a time. */
export class Activity {
  #running = 0;

  async track<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }

  /** Resolves when nothing has been under way for several turns of the event loop. */
  readonly settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 4; ) {
      await new Promise(setImmediate);
      quiet = this.#running === 0 ? quiet + 1 : 0;
    }
  };
}
