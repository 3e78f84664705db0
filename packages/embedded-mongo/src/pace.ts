import { MongoError } from "./errors.ts";

/** Steps of a search that found nothing to write before the search makes way: about 4 ms. */
const STEPS_PER_PAUSE = 4;

/**
 * Tells a long write when to pause. What was not found before a pause may be there after it: an upsert that then meets a taken key looks
 * again instead of failing, as MongoDB does.
 */
export class Pace {
  paused = false;
  #steps = 0;

  /** Called after each step with the number of documents it wrote; true when others should have their turn now. */
  isDue(written: number): boolean {
    this.#steps += 1;
    if (written === 0 && this.#steps < STEPS_PER_PAUSE) return false;
    this.#steps = 0;
    this.paused = true;
    return true;
  }

  /** Runs an upsert's insertion; `undefined` when the document has come into being during a pause. */
  insert<T>(insertion: () => T): T | undefined {
    try {
      return insertion();
    } catch (error) {
      if (this.paused && error instanceof MongoError && error.code === 11000) return undefined;
      throw error;
    }
  }
}
