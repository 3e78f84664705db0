/** Work that is done one after the other, each piece after all that came before it; what fails does not keep the rest from its turn. */
export class Turns {
  readonly #on: { readonly over: () => boolean; readonly failed: (error: unknown) => void };
  #last: Promise<void> = Promise.resolve();

  /** `over`: what has not had its turn by then never has it. */
  constructor(on: { readonly over: () => boolean; readonly failed: (error: unknown) => void }) {
    this.#on = on;
  }

  /** Resolves when everything that was added so far is done. */
  get done(): Promise<void> {
    return this.#last;
  }

  /** Never rejects. */
  add(work: () => Promise<void> | void): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (this.#on.over()) return;
      try {
        await work();
      } catch (error) {
        this.#on.failed(error);
      }
    });
    return this.#last;
  }
}
