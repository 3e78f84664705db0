import { Type } from "typebox";
import { Value } from "typebox/value";
import type { DialledNow, PlacingAnswer, PlacingOrder, TelephonyRest } from "../ports/index.ts";
import { tagOf } from "./call-facts.ts";
import { callHeader } from "./call-header.ts";
import type { Log } from "./log.ts";
import { MACHINE_HOOK } from "./media-address.ts";

export interface JambonzRestOptions {
  /** Base of jambonz's API, as `https://jambonz.example.com/api/v1` or without the `/v1`. */
  readonly apiUrl: string;
  readonly accountSid: string;
  readonly apiKey: string;
  /** The address of our socket as jambonz reaches it (`wss://…`): where a reclaimed call is to come. */
  readonly callHook: string;
  /** The application that calls which we place belong to: it says which socket they open. Without one none can be placed. */
  readonly applicationSid: string | null;
  readonly log: Log;
  /** Milliseconds until a request counts as unanswered. */
  readonly timeoutMs?: number;
}

/**
 * jambonz's REST API, for what the socket cannot do. Not by the SDK's client: that one waits without end and gives the HTTP status only
 * inside a sentence, and here "gone" and "did not answer" must be told apart.
 */
export function createJambonzRest(
  options: JambonzRestOptions,
): TelephonyRest & { readonly answers: () => Promise<boolean> } {
  const { accountSid, apiKey, callHook, applicationSid, log } = options;
  const base = `${options.apiUrl.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1/Accounts/${encodeURIComponent(accountSid)}/Calls`;

  const send = (method: "PUT" | "POST", url: string, body: object) =>
    fetch(url, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(options.timeoutMs ?? 5_000),
    });

  async function update(callSid: string, change: object): Promise<"asked" | "gone" | "unavailable"> {
    try {
      const response = await send("PUT", `${base}/${encodeURIComponent(callSid)}`, change);
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

  /**
   * The application's own hooks count, and its speech settings (jambonz-api-server, read: they replace what an order says), so that which
   * call a socket is about is told by the tag alone.
   */
  async function place({ ourCallId, from, to, ringMs, tellMachines }: PlacingOrder): Promise<PlacingAnswer> {
    if (applicationSid === null) {
      return refused("no application is set: JAMBONZ_APPLICATION_SID is needed to place calls (docs/jambonz.md)");
    }
    const timeout = Math.max(1, Math.ceil(ringMs / 1000));
    try {
      const body = {
        application_sid: applicationSid,
        from,
        to,
        timeout,
        tag: tagOf(ourCallId),
        ...(to.type === "user" && { headers: callHeader(ourCallId) }),
        ...(tellMachines && { amd: { actionHook: MACHINE_HOOK } }),
      };
      const response = await send("POST", base, body);
      const text = await response.text();
      const callSid = response.ok ? sidIn(text) : null;
      if (callSid !== null) return { kind: "placed", callSid };
      const why = `HTTP ${response.status} ${text.slice(0, 200)}`;
      // What stands between may have lost the answer of a jambonz that has placed the call.
      return response.ok || response.status === 502 || response.status === 504 ? unknown(why) : refused(why);
    } catch (error) {
      return neverSent(error) ? refused(String(error)) : unknown(String(error));
    }
  }
  const refused = (why: string): PlacingAnswer => {
    log.error({ why }, "telephony: a call could not be placed");
    return { kind: "refused", why };
  };
  const unknown = (why: string): PlacingAnswer => {
    log.warn({ why }, "telephony: whether a call was placed is not known; its socket will tell");
    return { kind: "unknown", why };
  };

  /** Whether anybody answers, whatever they say: only a server that is not there, or broken, does not. */
  async function answers(): Promise<boolean> {
    try {
      const headers = { authorization: `Bearer ${apiKey}` };
      const response = await fetch(base, { headers, signal: AbortSignal.timeout(options.timeoutMs ?? 5_000) });
      await response.body?.cancel();
      return response.status < 500;
    } catch {
      return false;
    }
  }

  /**
   * The API lists the account's calls, children with their `parent_call_sid`, those that are over for another hour, and those whose dial gave
   * them up as they were (jambonz-api-server, @jambonz/realtimedb-helpers 0.8.21 and dial.js of jambonz 0.9.8, read; not seen).
   */
  async function dialledBy(callSid: string): Promise<readonly DialledNow[] | "unavailable"> {
    try {
      const headers = { authorization: `Bearer ${apiKey}` };
      const signal = AbortSignal.timeout(options.timeoutMs ?? 5_000);
      const response = await fetch(`${base}?direction=outbound`, { headers, signal });
      const listed: unknown = response.ok ? await response.json() : await response.body?.cancel();
      if (!Array.isArray(listed)) return "unavailable";
      return listed
        .filter((row) => Value.Check(ListedLeg, row))
        .filter(({ parent_call_sid }) => parent_call_sid === callSid)
        .flatMap(({ call_sid: legSid, call_status }) => {
          if (call_status === "in-progress") return { legSid, state: "talking" as const };
          return STILL_RINGING.has(call_status) ? { legSid, state: "ringing" as const } : [];
        });
    } catch (error) {
      log.warn({ callSid, err: error }, "telephony: jambonz's REST API did not tell of a call");
      return "unavailable";
    }
  }

  const legState: TelephonyRest["legState"] = async (callSid) => {
    try {
      const headers = { authorization: `Bearer ${apiKey}` };
      const signal = AbortSignal.timeout(options.timeoutMs ?? 5_000);
      const response = await fetch(`${base}/${encodeURIComponent(callSid)}`, { headers, signal });
      const row: unknown = response.ok ? await response.json() : await response.body?.cancel();
      // Kept for hours after its end (@jambonz/realtimedb-helpers, read): one that is not there says nothing.
      if (!Value.Check(ListedState, row)) return "unavailable";
      return row.call_status === "in-progress" ? "talking" : STILL_RINGING.has(row.call_status) ? "ringing" : "over";
    } catch (error) {
      log.warn({ callSid, err: error }, "telephony: jambonz's REST API did not tell of a call");
      return "unavailable";
    }
  };

  return {
    answers,
    legState,
    place,
    dialledBy,
    // Only before the answer (seen: e6); afterwards jambonz refuses it.
    giveUp: (callSid) => update(callSid, { call_status: "no-answer" }),
    // Opens a socket where jambonz had given up: session:reconnect, then session:redirect (seen: n8).
    reclaim: (callSid) => update(callSid, { call_hook: { url: callHook } }),
    hangUp: (callSid) => update(callSid, { call_status: "completed" }),
  };
}

const ListedLeg = Type.Object({
  call_sid: Type.String(),
  parent_call_sid: Type.String(),
  call_status: Type.String(),
});
const ListedState = Type.Object({ call_status: Type.String() });
const STILL_RINGING: ReadonlySet<string> = new Set(["trying", "ringing", "early-media"]);

function sidIn(text: string): string | null {
  try {
    const sid: unknown = Reflect.get(Object(JSON.parse(text)), "sid");
    return typeof sid === "string" && sid !== "" ? sid : null;
  } catch {
    return null;
  }
}

const BEFORE_ANYTHING_IS_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** No connection was made: nothing can have been called. */
function neverSent(error: unknown): boolean {
  const code: unknown = Reflect.get(Object(Reflect.get(Object(error), "cause")), "code");
  return typeof code === "string" && BEFORE_ANYTHING_IS_SENT.has(code);
}

/** Stands in where no REST access is configured: nothing can be asked. */
export const noRest: TelephonyRest = {
  place: () => Promise.resolve({ kind: "refused", why: "no access to jambonz' REST API is set" }),
  giveUp: () => Promise.resolve("unavailable"),
  reclaim: () => Promise.resolve("unavailable"),
  hangUp: () => Promise.resolve("unavailable"),
  dialledBy: () => Promise.resolve("unavailable"),
  legState: () => Promise.resolve("unavailable"),
};
