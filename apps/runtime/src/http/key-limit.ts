import type { Response } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { UserError } from "../errors/index.ts";

/** What was used of a limit, as the answer tells it. */
interface Standing {
  readonly policy: "address" | "key";
  readonly quota: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  readonly resetsInMs: number;
}

/**
 * `RateLimit-Policy` and `RateLimit` as the IETF's draft has them (draft-ietf-httpapi-ratelimit-headers-10): lists of structured fields,
 * `q` the quota of the window of `w` seconds, `r` what is left of it, `t` the seconds until it is whole again.
 */
export function tellLimit(response: Response, { policy, quota, windowSeconds, remaining, resetsInMs }: Standing): void {
  response.setHeader("RateLimit-Policy", `"${policy}";q=${quota};w=${windowSeconds}`);
  response.setHeader("RateLimit", `"${policy}";r=${Math.max(0, remaining)};t=${Math.ceil(resetsInMs / 1000)}`);
}

/** What is told to one who has used all of it. */
export function overLimit(response: Response, spent: RateLimiterRes): UserError {
  const retryAfterSeconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000));
  response.setHeader("Retry-After", retryAfterSeconds);
  return new UserError("tooManyRequests", { retryAfterSeconds });
}

const windowSeconds = 60;

/**
 * Counts the requests of each API key against its own limit, minute by minute. Each runtime counts what it answers itself: a key that is spread
 * over several by a load balancer can send as many times as much, which the documentation says.
 */
export function keyLimits() {
  const limiters = new Map<number, RateLimiterMemory>();
  const limiterOf = (quota: number) => {
    const known = limiters.get(quota) ?? new RateLimiterMemory({ points: quota, duration: windowSeconds });
    limiters.set(quota, known);
    return known;
  };
  return async (response: Response, apiKeyId: string, quota: number): Promise<void> => {
    const told = { policy: "key", quota, windowSeconds } as const;
    try {
      const { remainingPoints, msBeforeNext } = await limiterOf(quota).consume(apiKeyId);
      tellLimit(response, { ...told, remaining: remainingPoints, resetsInMs: msBeforeNext });
    } catch (cause) {
      if (!(cause instanceof RateLimiterRes)) throw cause;
      tellLimit(response, { ...told, remaining: 0, resetsInMs: cause.msBeforeNext });
      throw overLimit(response, cause);
    }
  };
}
