import type { OutgoingCall } from "./types.ts";

export interface InviteSettings {
  readonly accountSid: string;
  readonly applicationSid: string;
  readonly sipAddress: string;
  readonly address: string;
  readonly newId: () => string;
}

/** The INVITE of a virtual telephone, with the headers that a border controller adds for jambonz. */
export function buildInvite(
  call: OutgoingCall,
  { accountSid, applicationSid, sipAddress, address, newId }: InviteSettings,
): string {
  const media = [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "c=IN IP4 127.0.0.1",
    "t=0 0",
    "m=audio 40000 RTP/AVP 0 101",
    "a=rtpmap:0 PCMU/8000",
    "a=rtpmap:101 telephone-event/8000",
    "",
  ].join("\r\n");
  const user = token(call.from);
  const name = call.callerName === undefined ? "" : `"${call.callerName.replace(/["\\\r\n]/g, "")}" `;
  const added = Object.entries(call.headers ?? {}).map(
    ([header, value]) => `${token(header)}: ${value.replace(/[\r\n]/g, " ")}`,
  );
  return [
    `INVITE sip:${token(call.to)}@${sipAddress} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address};branch=z9hG4bK${newId()}`,
    "Max-Forwards: 70",
    `From: ${name}<sip:${user}@${address}>;tag=${newId()}`,
    `To: <sip:${token(call.to)}@${sipAddress}>`,
    `Call-ID: ${newId()}@telephones`,
    "CSeq: 1 INVITE",
    `Contact: <sip:${user}@${address}>`,
    `X-Account-Sid: ${accountSid}`,
    `X-Application-Sid: ${applicationSid}`,
    `X-CID: ${newId()}`,
    ...added,
    "Content-Type: application/sdp",
    `Content-Length: ${media.length}`,
    "",
    media,
  ].join("\r\n");
}

/** Nothing that could end a line or an address early. */
function token(text: string): string {
  return text.replace(/[\s<>@;"]/g, "");
}

/** Number and name of a caller, from the From header of an INVITE. */
export function callerOf(from: string): { readonly number: string; readonly name: string } {
  const parts = /^\s*(?:"([^"]*)"\s*)?<sips?:([^@;>]*)/.exec(from);
  return { name: parts?.[1] ?? "", number: parts?.[2] ?? "" };
}
