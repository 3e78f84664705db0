import type { SipHeader } from "../types.ts";

/** The `sip` property of `session:new`: a request as drachtio tells it. */
export interface ParsedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: string;
  readonly body: string;
  readonly method: string;
  readonly version: string;
  readonly uri: string;
  readonly payload: ReadonlyArray<{ readonly type: string; readonly content: string }>;
}

export interface NameAddress {
  /** As it stands on the wire, quotation marks included (jambonz 0.9.8, seen: j21). */
  readonly name: string;
  readonly uri: string;
}

/** Headers whose names drachtio writes in lower case; all others keep the sender's spelling (seen in every `session:new`). */
const WELL_KNOWN = new Set([
  "via",
  "from",
  "to",
  "call-id",
  "cseq",
  "contact",
  "max-forwards",
  "allow",
  "supported",
  "require",
  "user-agent",
  "route",
  "record-route",
  "content-type",
  "content-length",
  "privacy",
  "p-asserted-identity",
  "p-preferred-identity",
  "diversion",
  "date",
  "expires",
  "session-expires",
  "min-se",
  "accept",
  "authorization",
  "proxy-authorization",
  "subject",
  "reason",
  "referred-by",
]);

/** Reads a SIP request. Lines may end in CRLF or LF. Throws a `TypeError` when the first line is no request line. */
export function parseSipRequest(raw: string): ParsedRequest {
  const [head = "", ...rest] = raw.split(/\r?\n\r?\n/);
  const body = rest.join("\r\n\r\n");
  const [first = "", ...lines] = head.split(/\r?\n/);
  const request = /^(\S+) (\S+) SIP\/(\S+)$/.exec(first);
  if (!request) throw new TypeError(`not a SIP request: ${first}`);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim();
    const lower = name.toLowerCase();
    headers[WELL_KNOWN.has(lower) ? lower : name] = line.slice(colon + 1).trim();
  }
  const type = headers["content-type"];
  return {
    headers,
    raw,
    body,
    method: request[1] ?? "",
    version: request[3] ?? "",
    uri: request[2] ?? "",
    payload: body === "" ? [] : [{ type: type ?? "", content: body }],
  };
}

/** A header's value whatever the spelling of its name. */
export function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of Object.entries(headers)) if (key.toLowerCase() === wanted) return value;
  return undefined;
}

export function parseNameAddress(value: string): NameAddress {
  const bracketed = /^(.*?)<([^>]*)>/.exec(value);
  if (bracketed) return { name: (bracketed[1] ?? "").trim(), uri: bracketed[2] ?? "" };
  return { name: "", uri: value.split(";")[0]?.trim() ?? "" };
}

/** The user part of a SIP or tel address, `""` when there is none. */
export function userOf(uri: string): string {
  const sip = /^sips?:([^@;]*)@/.exec(uri);
  if (sip) return sip[1] ?? "";
  return /^tel:([^;]*)/.exec(uri)?.[1] ?? "";
}

const REASONS: Readonly<Record<number, string>> = {
  100: "Trying",
  180: "Ringing",
  181: "Call Is Being Forwarded",
  182: "Queued",
  183: "Session Progress",
  200: "OK",
  202: "Accepted",
  300: "Multiple Choices",
  301: "Moved Permanently",
  302: "Moved Temporarily",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  407: "Proxy Authentication Required",
  408: "Request Timeout",
  410: "Gone",
  415: "Unsupported Media Type",
  480: "Temporarily Unavailable",
  481: "Call/Transaction Does Not Exist",
  484: "Address Incomplete",
  486: "Busy Here",
  487: "Request Terminated",
  488: "Not Acceptable Here",
  500: "Server Internal Error",
  501: "Not Implemented",
  503: "Service Unavailable",
  504: "Server Time-out",
  600: "Busy Everywhere",
  603: "Decline",
  604: "Does Not Exist Anywhere",
};

/** The usual words for a SIP status (RFC 3261 section 21). */
export function reasonOf(status: number): string {
  return REASONS[status] ?? "";
}

/** Headers of a request that describe its transport, not what its sender wants to say. */
const OWN_TO_TRANSPORT = new Set([
  "via",
  "from",
  "to",
  "call-id",
  "cseq",
  "max-forwards",
  "content-length",
  "contact",
  "route",
  "record-route",
  "content-type",
  "authorization",
  "proxy-authorization",
  "www-authenticate",
  "proxy-authenticate",
]);

/** The headers of a BYE that are told to the application, or `undefined` when there are none. */
export function customHeaders(headers: readonly SipHeader[]): Record<string, string> | undefined {
  const custom = headers.filter(([name]) => !OWN_TO_TRANSPORT.has(name.toLowerCase()));
  return custom.length > 0 ? Object.fromEntries(custom) : undefined;
}
