import { RateLimiterMemory } from "rate-limiter-flexible";
import { UserError } from "../errors/index.ts";

export interface GuessingLimits {
  readonly attempts: number;
  readonly windowSeconds: number;
  readonly pauseSeconds: number;
}

/** Ten wrong ones within ten minutes make who sent them wait five minutes. */
const usualLimits: GuessingLimits = { attempts: 10, windowSeconds: 600, pauseSeconds: 300 };

/**
 * Counts wrong passwords by a key that says who guesses at what. Counts live in this process's memory: with several runtimes somebody who
 * guesses has as many tries more, which argon2 makes dear.
 */
export function createGuessing({ attempts, windowSeconds, pauseSeconds }: GuessingLimits = usualLimits) {
  const wrong = new RateLimiterMemory({ points: attempts, duration: windowSeconds, blockDuration: pauseSeconds });
  return {
    /** True when `isRight` says so, which forgets the wrong ones. Throws `tooManyAttempts`, without asking, after too many. */
    async check(key: string, isRight: () => Promise<boolean>): Promise<boolean> {
      const state = await wrong.get(key);
      if (state && state.consumedPoints >= attempts) throw tooManyAttempts(state.msBeforeNext);
      if (await isRight()) {
        await wrong.delete(key);
        return true;
      }
      const after = await wrong.penalty(key);
      if (after.consumedPoints >= attempts) await wrong.block(key, pauseSeconds);
      return false;
    },
  };
}

export type Guessing = ReturnType<typeof createGuessing>;

function tooManyAttempts(waitMs: number): UserError {
  return new UserError("tooManyAttempts", { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}
