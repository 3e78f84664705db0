import type { CallFacts } from "../ports/index.ts";
import { firstDialled } from "./first-dialled.ts";
import type { SessionData } from "./message-schemas.ts";

/** What stands in `from` when there is no number (j21: `anonymous`; the others as gateways and exchanges write them). */
const NO_NUMBER = new Set(["", "anonymous", "restricted", "private", "withheld", "unavailable", "unknown"]);
/** RFC 3323: the host of a caller who is nobody. */
const NOBODYS_HOST = "anonymous.invalid";

/**
 * Reads who calls whom from `session:new` (or its stale copy in `session:reconnect`).
 *
 * A caller is hidden when the number says so or when the INVITE carries a `Privacy` header that asks for it (RFC 3323; jambonz 0.9.8
 * passes the header on in `sip.headers`, seen: j21), or a `Remote-Party-ID` with its older form. A hidden caller's number and name go no
 * further than here, even where `from` or `P-Asserted-Identity` carry them.
 */
export function callFacts(data: SessionData): CallFacts {
  const hidden = isNobody(data.from ?? "") || asksForPrivacy(data.sip?.headers);
  const first = data.direction === "inbound" ? firstDialled(data.sip?.headers, data.to) : null;
  return {
    callSid: data.call_sid,
    direction: data.direction,
    from: hidden ? null : (data.from ?? null),
    hidden,
    to: data.to,
    ...(first !== null && { firstDialled: first }),
    callerName: hidden ? null : unquoted(data.caller_name ?? ""),
    accountSid: data.account_sid,
    applicationSid: data.application_sid ?? null,
    trunk: data.originating_sip_trunk_name ?? null,
    ourCallId: data.direction === "outbound" ? ourCallId(data.customerData) : null,
    ...(data.parent_call_sid && { parentSid: data.parent_call_sid }),
  };
}

/** What goes along with a call that we place, so that what jambonz says of it is known for ours (fact 29: before the answer to our order). */
export const tagOf = (callId: string) => ({ call: callId });

function ourCallId(tag: unknown): string | null {
  const id = typeof tag === "object" && tag !== null ? Reflect.get(tag, "call") : undefined;
  return typeof id === "string" && /^call_[\w.-]{1,96}$/.test(id) ? id : null;
}

/** Also as an address, with or without a display name: `"Anonymous" <sip:anonymous@anonymous.invalid>`. */
function isNobody(from: string): boolean {
  const address = (/<([^>]*)>/.exec(from)?.[1] ?? from).trim().toLowerCase();
  const [user = "", host = ""] = address
    .replace(/^(sips?|tel):/, "")
    .replace(/[;?].*$/, "")
    .split("@");
  return host === NOBODYS_HOST || NO_NUMBER.has(user.replace(/^"(.*)"$/, "$1").trim());
}

function asksForPrivacy(headers: Readonly<Record<string, unknown>> | undefined): boolean {
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (typeof value !== "string") continue;
    const asked = name.toLowerCase();
    if (asked === "remote-party-id" && /;\s*privacy="?(full|uri|name)\b/i.test(value)) return true;
    if (asked !== "privacy") continue;
    if (value.split(/[;,\s]+/).some((part) => ["id", "user", "header"].includes(part.toLowerCase()))) return true;
  }
  return false;
}

/** jambonz leaves the SIP quotes around a display name (seen: j21). */
function unquoted(name: string): string | null {
  return (
    name
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .trim() || null
  );
}
