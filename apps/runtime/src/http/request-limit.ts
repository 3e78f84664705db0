import type { RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { overLimit, tellLimit } from "./key-limit.ts";

export interface RequestLimits {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** Generous, because a whole call centre may sit behind one address: 300 requests a second. */
export const defaultRequestLimits: RequestLimits = { requests: 3000, windowSeconds: 10 };

/** Slows an address that floods the interface. Audio and health are not counted: the telephone system fetches those. */
export function requestLimit({ requests, windowSeconds }: RequestLimits): RequestHandler {
  const limiter = new RateLimiterMemory({ points: requests, duration: windowSeconds });
  const told = { policy: "address", quota: requests, windowSeconds } as const;
  return async (request, response, next) => {
    try {
      const { remainingPoints, msBeforeNext } = await limiter.consume(request.ip ?? "unknown");
      tellLimit(response, { ...told, remaining: remainingPoints, resetsInMs: msBeforeNext });
      next();
    } catch (cause) {
      if (!(cause instanceof RateLimiterRes)) throw cause;
      tellLimit(response, { ...told, remaining: 0, resetsInMs: cause.msBeforeNext });
      next(overLimit(response, cause));
    }
  };
}
