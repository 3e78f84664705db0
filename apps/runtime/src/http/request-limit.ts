import type { RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { UserError } from "../errors/index.ts";

export interface RequestLimits {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** Generous, because a whole call centre may sit behind one address: 300 requests a second. */
export const defaultRequestLimits: RequestLimits = { requests: 3000, windowSeconds: 10 };

/** Slows an address that floods the interface. Audio and health are not counted: the telephone system fetches those. */
export function requestLimit({ requests, windowSeconds }: RequestLimits): RequestHandler {
  const limiter = new RateLimiterMemory({ points: requests, duration: windowSeconds });
  return async (request, response, next) => {
    try {
      await limiter.consume(request.ip ?? "unknown");
      next();
    } catch (cause) {
      if (!(cause instanceof RateLimiterRes)) throw cause;
      const retryAfterSeconds = Math.max(1, Math.ceil(cause.msBeforeNext / 1000));
      response.setHeader("Retry-After", retryAfterSeconds);
      next(new UserError("tooManyRequests", { retryAfterSeconds }));
    }
  };
}
