import type { SimulatedFailure } from "../kernel/simulated-failure.ts";

export interface RetryPolicy {
  /** How often a connection is tried again, and how many connections a call may have before a loss is left alone: 1 to 5. */
  readonly attempts: number;
  shouldRetry(error: SimulatedFailure): boolean;
}

const CONNECTION_CODES = new Set(["ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "ECONNABORTED"]);

/**
 * The policy that an address states in its fragment, `#rc=3&rp=ct,5xx` (jambonz 0.9.8, read). Without one only failed connections are
 * tried again, five times; an HTTP status is final (seen: d13, d15, m10).
 */
export function retryPolicyOf(url: string): RetryPolicy {
  const parameters = new URLSearchParams(url.split("#")[1] ?? "");
  const count = Math.abs(Number.parseInt(parameters.get("rc") ?? "", 10)) || 5;
  const kinds = (parameters.get("rp") ?? "ct").split(",").map((kind) => kind.trim());
  return {
    attempts: Math.min(count, 5),
    shouldRetry: (error) => {
      const status = error.status ?? 0;
      return (
        kinds.includes("all") ||
        (kinds.includes("ct") && error.code !== undefined && CONNECTION_CODES.has(error.code)) ||
        (kinds.includes("4xx") && status >= 400 && status < 500) ||
        (kinds.includes("5xx") && status >= 500 && status < 600)
      );
    },
  };
}
