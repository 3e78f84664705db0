import type { LookupAddress, LookupOptions } from "node:dns";
import { lookup as lookUp } from "node:dns/promises";
import { isIP } from "node:net";
import { Agent, request } from "undici";
import { isListed, isPublicAddress } from "./private-address.ts";

export interface OutgoingRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the first packet to the last. */
  readonly timeoutMs: number;
  /** More of the answer than this is a failure. */
  readonly maxBytes: number;
  /** Private hosts that may be asked all the same. */
  readonly listed: readonly string[];
}

/**
 * `refused`: the address is private and not listed, or is no http address; nothing was sent. `timeout`, `unreachable` and `tooLarge`: it may
 * have been received.
 */
export type OutgoingAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: "failed"; readonly reason: OutgoingFailure; readonly detail: string };

export type OutgoingFailure = "refused" | "timeout" | "unreachable" | "tooLarge";

export type OutgoingHttp = (asked: OutgoingRequest) => Promise<OutgoingAnswer>;

type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

class Refused extends Error {}

/**
 * Asks servers elsewhere on behalf of a company's author, who is not trusted with this machine's network: private addresses are refused unless
 * an administrator listed them. What a name leads to is decided once, and that very address is connected to: a name that changes in
 * between (DNS rebinding) gains nothing. Redirects are answers, never followed.
 */
export function createOutgoingHttp({ resolve = resolveAll }: { readonly resolve?: Resolve } = {}): OutgoingHttp {
  return async ({ url, listed, timeoutMs, maxBytes, ...asked }) => {
    const target = URL.canParse(url) ? new URL(url) : null;
    if (!target || !/^https?:$/.test(target.protocol)) return failed("refused", "not an http or https address");
    if (target.username || target.password) return failed("refused", "an address with a user name or password in it");
    const host = target.hostname.replace(/^\[|\]$/g, "");
    const signal = AbortSignal.timeout(timeoutMs);
    let agent: Agent | undefined;
    try {
      const address = await withinTime(allowedAddress(host, listed, resolve), signal);
      // The one address that was judged, whatever the name leads to by the time of the connection.
      agent = new Agent({ connect: { lookup: pinnedTo(address) }, pipelining: 0 });
      const answer = await request(target, { ...asked, dispatcher: agent, signal });
      const body = await readAtMost(answer.body, maxBytes);
      if (body === null) return failed("tooLarge", `more than ${maxBytes} bytes`);
      return { kind: "answered", status: answer.statusCode, headers: plainHeaders(answer.headers), body };
    } catch (cause) {
      if (cause instanceof Refused) return failed("refused", cause.message);
      if (signal.aborted) return failed("timeout", `no answer within ${timeoutMs} ms`);
      return failed("unreachable", cause instanceof Error ? cause.message : String(cause));
    } finally {
      await agent?.destroy().catch(() => undefined);
    }
  };
}

/** An address that a name leads to and that may be asked, for connections that are not HTTP; null: every one is private and not listed. Rejects when there is no such name. */
export async function judgedAddress(host: string, listed: readonly string[]): Promise<string | null> {
  try {
    return (await allowedAddress(host, listed, resolveAll)).address;
  } catch (cause) {
    if (cause instanceof Refused) return null;
    throw cause;
  }
}

const resolveAll: Resolve = (host) => lookUp(host, { all: true });

/** The first address of the host that may be asked. Throws `Refused` when every one is private and not listed. */
async function allowedAddress(host: string, listed: readonly string[], resolve: Resolve): Promise<LookupAddress> {
  const family = isIP(host);
  const found = family === 0 ? await resolve(host) : [{ address: host, family }];
  const allowed = found.find(({ address }) => isPublicAddress(address) || isListed(listed, { host, address }));
  if (!allowed) throw new Refused(`${host} is a private address that no administrator listed`);
  return allowed;
}

async function withinTime<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return await Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(new Error("the name was not found in time")), { once: true });
    }),
  ]);
}

type LookupCallback = (error: null, address: string | LookupAddress[], family?: number) => void;

function pinnedTo({ address, family }: LookupAddress) {
  return (_host: string, options: LookupOptions, callback: LookupCallback) =>
    options.all ? callback(null, [{ address, family }]) : callback(null, address, family);
}

async function readAtMost(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}

const failed = (reason: OutgoingFailure, detail: string): OutgoingAnswer => ({ kind: "failed", reason, detail });
