import type { TelephonyRest } from "../ports/index.ts";
import type { Log } from "./log.ts";

export interface JambonzRestOptions {
  /** Base of jambonz's API, as `https://jambonz.example.com/api/v1` or without the `/v1`. */
  readonly apiUrl: string;
  readonly accountSid: string;
  readonly apiKey: string;
  /** The address of our socket as jambonz reaches it (`wss://…`): where a reclaimed call is to come. */
  readonly callHook: string;
  readonly log: Log;
  /** Milliseconds until a request counts as unanswered. */
  readonly timeoutMs?: number;
}

/**
 * jambonz's REST API, for what the socket cannot do. Not by the SDK's client: that one waits without end and gives the HTTP status only
 * inside a sentence, and here "gone" and "did not answer" must be told apart.
 */
export function createJambonzRest(options: JambonzRestOptions): TelephonyRest {
  const { accountSid, apiKey, callHook, log } = options;
  const base = `${options.apiUrl.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1/Accounts/${encodeURIComponent(accountSid)}/Calls`;

  async function update(callSid: string, change: object): Promise<"asked" | "gone" | "unavailable"> {
    try {
      const response = await fetch(`${base}/${encodeURIComponent(callSid)}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(change),
        signal: AbortSignal.timeout(options.timeoutMs ?? 5_000),
      });
      await response.body?.cancel();
      if (response.ok) return "asked";
      log.warn({ callSid, status: response.status }, "telephony: jambonz refused a change of a call");
      // 422 "call session is gone" (jambonz 0.9.8, seen: n7); the API in front of it answers 404 for a call it never had.
      return response.status === 404 || response.status === 422 ? "gone" : "unavailable";
    } catch (error) {
      log.warn({ callSid, err: error }, "telephony: jambonz's REST API did not answer");
      return "unavailable";
    }
  }

  return {
    // Opens a socket where jambonz had given up: session:reconnect, then session:redirect (seen: n8).
    reclaim: (callSid) => update(callSid, { call_hook: { url: callHook } }),
    hangUp: (callSid) => update(callSid, { call_status: "completed" }),
  };
}

/** Stands in where no REST access is configured: nothing can be asked. */
export const noRest: TelephonyRest = {
  reclaim: () => Promise.resolve("unavailable"),
  hangUp: () => Promise.resolve("unavailable"),
};
